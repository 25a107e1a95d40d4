"""The lexicon of events: which verbs and nouns report one, in what company, and their codes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.gazetteer import nouns as gazetteer_nouns
from pipeline.text import Token

DATA = files("pipeline.extractors.events") / "data"
ANYTHING = "*"
ACTING = frozenset({"person", "group", "organization"})
BODIES = frozenset("COP CRM GOV IGO JUD LAB LEG MIL NGO OPP REB REL UAF".split())
NAME, CLASS = "@", "#"


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code: its PLOVER type, mode and contexts, quad class and Goldstein value."""

    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad_class: int
    goldstein: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger with what must stand with it: `needs` maps slots (obj, subj, prt, prep, xcomp …) to what is allowed."""

    lemma: str
    needs: Mapping[str, frozenset[str]]
    cameo_code: str
    """Empty where it is no event."""

    @property
    def event_type(self) -> str:
        """The PLOVER type of the code."""
        return codes()[self.cameo_code].event_type

    @property
    def weight(self) -> int:
        """How much it asks for: a lemma counts more than a name, a name more than anything at all."""
        return sum(2 if ANYTHING in allowed else 3 if NAME in allowed else 4 for allowed in self.needs.values())


Frames = Mapping[str, Sequence[Frame]]


@cache
def verbs() -> Frames:
    """Verb frames by lemma, the most demanding first."""
    return _frames("verbs")


@cache
def nouns() -> Frames:
    """Noun frames by lemma, the most demanding first."""
    return _frames("nouns")


def noun_frames(token: Token) -> Sequence[Frame]:
    """The frames of a noun by its lemma, else by its form: the lemma of `killings` may be `kill`."""
    form = token.text.lower()
    tries = (token.lemma.lower(), form, form.removesuffix("s"))
    return next((nouns()[each] for each in tries if each in nouns()), ())


@cache
def adjectives() -> Frames:
    """Adjective frames by lemma, the most demanding first."""
    return _frames("adjectives")


def _frames(name: str) -> Frames:
    told: dict[str, list[tuple[dict[str, frozenset[str]], str]]] = defaultdict(list)
    for lemma, needs, code in lexicon(name, DATA):
        told[lemma].append((_needs(needs), code))
    found: dict[str, list[Frame]] = {}
    for lemma, lines in told.items():
        frames = [Frame(lemma, _spelled(needs, lines), code) for needs, code in lines]
        found[lemma] = sorted(frames, key=lambda frame: -frame.weight)
    return found


def _spelled(
    needs: dict[str, frozenset[str]], lines: Sequence[tuple[dict[str, frozenset[str]], str]]
) -> dict[str, frozenset[str]]:
    """Needs with the words of their classes, but those that another line of the lemma names itself."""
    if not any(word.startswith(CLASS) for allowed in needs.values() for word in allowed):
        return needs
    others = [other for other, _ in lines if other is not needs and other.keys() == needs.keys()]
    spelled = {}
    for slot, allowed in needs.items():
        own = {word for word in allowed if not word.startswith(CLASS)}
        taken = {word for other in others for word in other[slot]} - own
        spelled[slot] = frozenset(own.union(*(_class(word) - taken for word in allowed - own)))
    return spelled


@cache
def _class(name: str) -> frozenset[str]:
    """The nouns of a class, as `#talks`."""
    return frozenset(noun for known, noun in lexicon("classes", DATA) if CLASS + known == name)


@cache
def sectors() -> Mapping[str, str]:
    """Nouns that stand for an actor, to sectors: people, and the bodies of state and of public life."""
    known = {name: noun for name, noun in gazetteer_nouns().items() if noun.sector and noun.kind in ACTING}
    acting = {name: noun.sector for name, noun in known.items() if noun.kind == "person" or noun.sector in BODIES}
    return {noun: sector for noun, sector in {**acting, **_pairs("sectors")}.items() if sector}


@cache
def everyday() -> frozenset[str]:
    """Verbs that report an event only where an actor of public life does them."""
    return frozenset(lemma for (lemma,) in lexicon("everyday", DATA))


@cache
def irregular() -> Mapping[str, str]:
    """Forms of verbs that a lemmatizer may not know, to their lemmas."""
    return _pairs("irregular")


def known(token: Token) -> str:
    """A verb's lemma; where the lexicon has no such, the one that its form may come from: `boycotted`."""
    lemma, form = token.lemma.lower(), token.text.lower()
    if lemma in verbs():
        return lemma
    stems = [form.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing") if form.endswith(ending)]
    tries = [
        irregular().get(form, form),
        *stems,
        *(stem + "e" for stem in stems),
        *(stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]),
    ]
    return next((each for each in tries if each in verbs()), lemma)


@cache
def words(name: str) -> frozenset[str]:
    """A list of words: `data/<name>.txt`, one a line."""
    lines = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def kinds() -> Mapping[str, str]:
    """Words before `group`, to the sector that they make it."""
    return _pairs("kinds")


@cache
def contexts() -> Mapping[str, str]:
    """Words to the PLOVER context that they give."""
    return _pairs("contexts")


@cache
def deeper() -> Mapping[tuple[str, str], str]:
    """A code and the PLOVER type of what it is about, to the deeper code."""
    return {(code, event_type): deep for code, event_type, deep in lexicon("deeper", DATA)}


@cache
def codes() -> Mapping[str, Code]:
    """What CAMEO's codes mean."""
    return {
        code: Code(
            event_type, mode or None, tuple(contexts.split("|")) if contexts else (), int(quad), float(goldstein)
        )
        for code, event_type, mode, contexts, quad, goldstein in lexicon("cameo", DATA)
    }


def _pairs(name: str) -> dict[str, str]:
    """A list of two columns, as the second by the first."""
    return {first: second for first, second in lexicon(name, DATA)}  # noqa: C416  # typed as pairs


def _needs(text: str) -> dict[str, frozenset[str]]:
    """`prep=on|upon xcomp=*` as what must stand with a verb."""
    pairs = (need.split("=") for need in text.split())
    return {slot: frozenset(lemmas.split("|")) for slot, lemmas in pairs}


@cache
def bounds() -> Mapping[str, str]:
    """Words beside a number, to what the number is to them: low, high, about, exact."""
    return _pairs("bounds")


@cache
def scales() -> Mapping[str, tuple[float, bool]]:
    """Words that multiply a number, by how much, and whether they do so in money alone."""
    return {word: (float(by), bool(letter)) for word, by, letter in lexicon("scales", DATA)}


@cache
def currencies() -> Mapping[str, str]:
    """Signs and names of money, to ISO 4217."""
    return {name: code for name, code in lexicon("currencies", DATA)}  # noqa: C416  # typed as pairs


@cache
def measures() -> Mapping[str, tuple[str, frozenset[str], bool]]:
    """What is counted: its unit, the PLOVER types that it belongs to, and whether it is told without an event."""
    rows = lexicon("measures", DATA)
    return {measure: (unit, frozenset(types.split("|")), bool(alone)) for measure, unit, types, alone in rows}


@cache
def counting() -> Mapping[tuple[str, str], str]:
    """A word and where the number stands to it, to the measure."""
    return {(word, slot): measure for word, slot, measure in lexicon("counting", DATA)}
