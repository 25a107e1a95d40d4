"""Countries and places of a story: which is meant, and when a capital is its government.

talks between Seoul and Pyongyang      governments          Pyongyang has rebuffed his overtures
a parade in Pyongyang                  a town               clashes between the South and the North
"""

from collections.abc import Sequence
from functools import cache

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate
from pipeline.extractors.places import Place, capitals, folded, place_named, regions
from pipeline.extractors.syntax import Tree
from pipeline.tables import Story


@cache
def _words(how: str) -> frozenset[str]:
    """The words that tell a government from a town in one way (data/governments.csv)."""
    return frozenset(word for word, told in gazetteer.lexicon("governments") if told == how)


class Geography:
    """The places of one story."""

    def __init__(self, story: Story, tree: Tree, names: Sequence[Candidate]) -> None:
        """`names` are all that the story has."""
        self.tree, self.names = tree, names
        self.countries = set(self._named_countries())
        self.states = {region.state for each in names
                       if (region := regions().get(folded(each.text))) and region.state}  # fmt: skip
        self.countries |= {"USA"} if self.states else set()
        dateline = place_named(story.dateline_place or "", self.countries, self._state_codes)
        if dateline and dateline.country:
            self.countries.add(dateline.country)
        self.found: dict[str, Place] = {}
        self._resolve()
        self._tell_owners()

    @property
    def _state_codes(self) -> list[str]:
        return [state for state in self.states if state]

    def _named_countries(self) -> list[str]:
        words = [gazetteer.countries().get(each.text) or gazetteer.demonyms().get(each.text) for each in self.names]
        capital = [capitals().get(folded(each.text)) for each in self.names if each.kind == "place"]
        return [code for code in [*words, *capital] if code]

    def _resolve(self) -> None:
        for each in self.names:
            if each.entity_id is None and each.kind in {"place", "group", "organization"}:
                each.entity_id = self._country(each) or self._metonym(each)
            if each.entity_id is None and each.kind == "place":
                each.entity_id = self._place(each)

    def _tell_owners(self) -> None:
        """Give organizations the country that stands right before them: `Moldova's Supreme Court`, `the Thai Navy`."""
        ends = {each.end: each for each in self.names if (each.entity_id or "").startswith("country:")}
        for each in self.names:
            owned = each.first > 0 and self.tree.token(each.first - 1).xpos == "POS"
            owner = ends.get(each.first - owned)
            if owner is not None and owner.entity_id and each.kind == "organization":
                each.country = owner.entity_id.removeprefix("country:")

    def _country(self, each: Candidate) -> str | None:
        """The country of a name, a nationality, or a direction in a story about one of two halves."""
        code = gazetteer.countries().get(each.text) or gazetteer.demonyms().get(each.text)
        if each.text.startswith(("the ", "The ")):
            code = self._direction(each.text.split()[-1])
            return f"country:{code}" if code else None
        if code == "GEO" and self.states - {"GA"} and "RUS" not in self.countries:
            return None
        return f"country:{code}" if code else None

    def _direction(self, word: str) -> str | None:
        """`the North` where the story names a country called North something, or its other half."""
        other = {"North": "South", "South": "North", "East": "West", "West": "East"}.get(word)
        for country, code in gazetteer.countries().items():
            if country.startswith(f"{word} "):
                half = gazetteer.countries().get(country.replace(word, other or "", 1))
                if half and {code, half} & self.countries:
                    return code
        return None

    def _metonym(self, each: Candidate) -> str | None:
        """The government that a capital stands for."""
        code = capitals().get(folded(each.text))
        comma = each.end < len(self.tree.tokens) and self.tree.token(each.end).text == ","
        addressed = comma and any(other.first == each.end + 1 and other.kind == "place" for other in self.names)
        if code is None or len(each.words) > 2 or addressed or not self._acts(each):
            return None
        each.kind, each.mention_type = "place", "MET"
        return f"country:{code}"

    def _acts(self, each: Candidate) -> bool:
        """Whether a capital does, wants or is asked something."""
        index = each.head
        token = self.tree.token(index)
        while token.deprel == "conj" and self.tree.token(token.head).upos == "PROPN":
            index, token = token.head, self.tree.token(token.head)
        holder = self.tree.token(token.head)
        case = self.tree.child(index, "case")
        word = self.tree.token(case).lemma if case is not None else ""
        if token.deprel.startswith("nsubj") or token.deprel == "obl:agent":
            return holder.upos == "VERB" and holder.lemma not in _words("place")
        if token.deprel in {"obj", "iobj"} or (word == "with" and token.deprel == "obl"):
            return holder.lemma in _words("of will")
        if token.deprel in {"nmod", "obl"} and word in {"between", "with", "from"}:
            return holder.lemma in _words("from" if word == "from" else "with")
        return token.deprel == "nmod:poss" and holder.lemma in _words("from")

    def _place(self, each: Candidate) -> str:
        """A town, region or continent by its GeoNames id; other places by name."""
        found = place_named(each.text, self.countries, self._beside(each))
        if found is None:
            return f"place:{gazetteer.slug(each.text)}"
        entity_id = f"place:{found.geonameid}"
        self.found[entity_id] = found
        each.country = found.country
        return entity_id

    def _beside(self, each: Candidate) -> list[str]:
        """The state named right behind a town (`Springfield, Illinois`), else all the story's states."""
        behind = next((other for other in self.names if 1 <= other.first - each.end <= 2), None)
        region = regions().get(folded(behind.text)) if behind else None
        return [region.state] if region and region.state else self._state_codes
