"""A document as CoNLL-U, for looking at what the model sees."""

from collections.abc import Iterator

from pipeline.text import Document, Sentence


def to_conllu(document: Document) -> str:
    """The document's sentences in CoNLL-U.

    MISC holds `TokenRange=start:end` (code points of the story's text), `SpaceAfter=No`, and of names and
    attributions `Name=B-person` and `Attribution=I-content`. Format: universaldependencies.org/format.html.
    """
    names = _labels((name.first, name.end, name.kind) for name in document.names)
    roles = _labels((span.first, span.end, span.role) for span in document.attributions)
    blocks = [f"# newdoc id = {document.story.item_id}\n"] if document.sentences else []
    for number, sentence in enumerate(document.sentences, start=1):
        shown = " ".join(document.story.text[sentence.start_char : sentence.end_char].split())
        blocks.append(f"# sent_id = {number}\n# text = {shown}\n")
        blocks += [_row(document, sentence, index, (names, roles)) for index in range(sentence.first, sentence.end)]
        blocks.append("\n")
    return "".join(blocks)


def _labels(spans: Iterator[tuple[int, int, str]]) -> dict[int, str]:
    return {
        index: f"{'B' if index == first else 'I'}-{label}"
        for first, end, label in spans
        for index in range(first, end)
    }  # fmt: skip


def _row(document: Document, sentence: Sentence, index: int, labels: tuple[dict[int, str], dict[int, str]]) -> str:
    token = document.tokens[index]
    head = 0 if token.head == index else token.head - sentence.first + 1
    misc = [f"TokenRange={token.start_char}:{token.end_char}"]
    if index + 1 < len(document.tokens) and document.tokens[index + 1].start_char == token.end_char:
        misc.insert(0, "SpaceAfter=No")
    misc += [f"{key}={of[index]}" for key, of in zip(("Name", "Attribution"), labels, strict=True) if index in of]
    columns = (
        str(index - sentence.first + 1), token.text, token.lemma, token.upos, token.xpos, "_",
        str(head), token.deprel, "_", "|".join(misc),
    )  # fmt: skip
    return "\t".join(column or "_" for column in columns) + "\n"
