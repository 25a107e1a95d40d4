"""Which names of organizations, laws, groups and the rest are one: acronyms, short forms, aliases."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate
from pipeline.text import Document

SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "&"})
COMMON = frozenset({"agency", "association", "bank", "board", "bureau", "committee", "company", "council", "court",
                    "department", "group", "institute", "international", "ministry", "national", "new", "news",
                    "office", "party", "royal", "state", "times", "union", "united", "university",
                    "world"})  # fmt: skip
"""First words too common to stand for a longer name."""
TAILS = frozenset({"agency", "airlines", "co", "company", "corp", "corporation", "group", "inc", "ltd", "news agency",
                   "party", "plc"})  # fmt: skip


def resolve_bodies(document: Document, names: Sequence[Candidate]) -> None:
    """Give every name that is no person, country or place its entity."""
    open_ = [each for each in names if each.entity_id is None and each.kind not in {"person", "place"}]
    bodies = [_plain(each.text) for each in open_ if each.kind in {"organization", "law"}]
    first = {text: number for number, text in reversed(list(enumerate(bodies)))}
    texts = sorted(first, key=lambda text: (-len(text.split()), text))
    short = _acronyms(document, texts)
    chosen: dict[str, str] = {}
    for text in texts:
        before = {name: long for name, long in chosen.items() if first[name] < first[text] or _is_tail(name, text)}
        chosen[text] = chosen.get(short.get(text, ""), "") or _longer(text, before) or _own(text)
    for text, long in short.items():
        chosen[text] = chosen.get(long, chosen.get(text, long))
    for each in open_:
        text = _plain(each.text)
        each.entity_id = f"{each.kind}:{gazetteer.slug(chosen.get(text) or _own(text))}"


def _is_tail(name: str, text: str) -> bool:
    """Whether a longer name adds only what kind of body it is: `Labour Party`."""
    return name.removeprefix(text).strip().lower().rstrip(".") in TAILS


def _plain(text: str) -> str:
    return re.sub(r"^(?:the|The) ", "", text)


def _own(text: str) -> str:
    """The usual name of a known organization, alone or with `news agency` behind it; any other as it is."""
    known = gazetteer.organizations()
    bare = re.sub(r"(?i)\s+news(?: agency)?$|\s+agency$", "", text)
    found = known.get(text) or known.get(bare)
    return found.name if found else text


def _longer(text: str, chosen: dict[str, str]) -> str | None:
    """The one longer name that a short one begins: `Lockheed` of `Lockheed Martin`, no `Boeing 777`."""
    if text.lower() in COMMON or text in gazetteer.organizations() or text.isupper():
        return None
    tails = {known: known.removeprefix(f"{text} ") for known in chosen if known.startswith(f"{text} ")}
    longer = {chosen[known] for known, tail in tails.items() if tail.isalpha() or tail.lower().rstrip(".") in TAILS}
    return longer.pop() if len(longer) == 1 and text[:1].isupper() else None


def _acronyms(document: Document, texts: Sequence[str]) -> dict[str, str]:
    """Short forms with the long form they stand for: in brackets behind it, or made of its initials."""
    found = dict(_in_brackets(document, texts))
    for text in texts:
        if text.isupper() and 2 <= len(text) <= 6 and text not in found and text not in gazetteer.organizations():
            long = [name for name in texts if " " in name and _initials(name) in {text, text.replace(".", "")}]
            if len(long) == 1:
                found[text] = long[0]
    return found


def _in_brackets(document: Document, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`the Korean Central News Agency (KCNA)`."""
    text = " ".join(document.story.text.split())
    for short in texts:
        if " " in short or len(short) < 2 or not short[:1].isupper():
            continue
        at = text.find(f"({short})")
        before = text[:at].rstrip() if at > 0 else ""
        long = next((name for name in texts if " " in name and before.endswith(name)), None)
        if long and set(short.lower()) & set(_initials(long).lower()):
            yield short, long


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word.lower() not in SMALL).upper()
