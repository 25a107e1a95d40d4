"""Speed of parsing: `python benchmarks/parse.py [--jsonl FILE] [--model DIR]`, one thread.

Words (parted by white space) a second of the whole of `text.parse`, tokenizing to tree, and of the bare
encoder over the same word pieces in windows that do not overlap; their ratio; the time to load; the
memory at the end; and what spaCy's small architecture does on the same text, if spaCy is there (with
weights as they are initialized: they do not change its speed).
"""

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnxruntime as ort

from pipeline.model.files import HERE, packaged
from pipeline.model.packaged import PackagedModel, given
from pipeline.model.windows import USUAL

SAMPLE = """PORT LOUIS (Reuters) - Mauritian Finance Minister Anjali Ramgoolam said on Tuesday that the island \
would not raise its sugar tax, a reversal of what she had told parliament in May.

"We heard the growers," Ramgoolam told reporters outside the ministry. "A tax that closes mills raises nothing."

The Planters' Union welcomed the decision but asked for "a law, not a promise," according to its chairman, Luc Duval, \
who has led the group since 2019. Exports of raw sugar fell 12.4 percent to 210,000 tonnes in the first half.
"""


def encoder_alone(model: PackagedModel, texts: list[str]) -> Callable[[], None]:
    """A run of the encoder without its heads over all pieces of the texts."""
    windows = []
    for text in texts:
        passage = model.passage(text)
        first = size = 0
        for word, pieces in enumerate(passage.pieces):
            if size + len(pieces) + 2 > USUAL:
                windows.append(given(passage, first, word))
                first, size = word, 0
            size += len(pieces)
        windows.append(given(passage, first, len(passage.pieces)))
    options = ort.RunOptions()
    options.only_execute_path_to_fetches = True

    def run() -> None:
        for window in windows:
            model.encoder.run(["vectors"], window, options)

    return run


def spacy_small(texts: list[str]) -> Callable[[], None] | None:
    """A run of the architecture of spaCy's small pipelines, or None without spaCy."""
    try:
        import spacy  # noqa: PLC0415
    except ImportError:
        return None
    language: Any = spacy.blank("en")
    language.add_pipe("tok2vec")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    for name, count in (("tagger", 50), ("parser", 45), ("ner", 18)):
        pipe = language.add_pipe(name, config={"model": {"tok2vec": shared}})
        for number in range(count):
            pipe.add_label(f"L{number}")
    language.initialize()
    return lambda: [None for _ in language.pipe(texts)] and None


def timed(runs: dict[str, Callable[[], object]], words: int) -> dict[str, float]:
    """Words a second of each: taking turns, so that all are disturbed alike, the best of five rounds."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(5):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begun)
    return {name: words / min(taken) for name, taken in seconds.items()}


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jsonl", type=Path, help='lines with "text"; without it, a sample story over and over')
    parser.add_argument("--model", type=Path, default=HERE)
    parser.add_argument("--stories", type=int, default=40)
    arguments = parser.parse_args()
    begun = time.perf_counter()
    model = packaged(arguments.model)
    loaded = time.perf_counter() - begun
    assert isinstance(model, PackagedModel)
    lines = arguments.jsonl.read_text("utf-8").splitlines() if arguments.jsonl else []
    texts = [json.loads(line)["text"] for line in lines][: arguments.stories] or [SAMPLE * 8] * arguments.stories
    words = sum(len(text.split()) for text in texts)
    runs = {"whole": lambda: [model.read(text) for text in texts], "bare": encoder_alone(model, texts)}
    small = spacy_small(texts)
    speed = timed(runs | ({"small": small} if small else {}), words)
    rows = [
        ("text.parse, words a second", f"{speed['whole']:,.0f}"),
        ("the bare encoder", f"{speed['bare']:,.0f}"),
        ("their ratio", f"{speed['whole'] / speed['bare']:.2f}"),
        ("spaCy's small architecture", f"{speed['small']:,.0f}" if small else "not installed"),
        ("seconds to load", f"{loaded:.2f}"),
        ("peak memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"),
    ]
    print(f"| {len(texts)} stories, {words:,} words, one thread | |\n|---|---|")
    print("\n".join(f"| {name} | {value} |" for name, value in rows))


if __name__ == "__main__":
    main()
