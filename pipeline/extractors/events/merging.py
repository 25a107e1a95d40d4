"""One event told twice in a story is one: of one type, its cast the same or part of it, at times that agree."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.tables import Event, Participant, Span

Told = tuple[Event, list[Participant]]
CLAIMS = frozenset({"alleged", "denied"})
Sides = frozenset[tuple[str, str]]


def merge(told: Iterable[Told], known: Collection[int] = frozenset(), headline: range = range(0)) -> list[Told]:
    """Each event once, by its best mention; the others' places are its `also_spans`. The best must come first.

    `known` are the places of mentions that speak of something known: `the killing of …`. What stands in
    `headline` is told again in what follows.
    """
    kept: list[Told] = []
    for event, parts in told:
        definite = event.start_char in known
        same = next(
            (
                at
                for at, other in enumerate(kept)
                if _is_same(
                    (event, parts),
                    other,
                    definite=definite,
                    heads=(event.start_char in headline) != (other[0].start_char in headline),
                )
            ),
            None,
        )
        if same is None:
            kept.append((event, parts))
            continue
        kept[same] = _joined(kept[same], (event, parts), headline)
    return kept


def _joined(best: Told, lesser: Told, headline: range) -> Told:
    """The better mention with the other's place; what follows a headline tells more than it."""
    if best[0].start_char in headline and lesser[0].start_char not in headline:
        best, lesser = (
            (replace(lesser[0], confidence=best[0].confidence, also_spans=best[0].also_spans), lesser[1]),
            best,
        )
    event, other = best[0], lesser[0]
    spans = sorted([*event.also_spans, Span(other.start_char, other.end_char)], key=lambda span: span.start_char)
    return _dated(replace(event, also_spans=spans), other), best[1] or lesser[1]


def _is_same(one: Told, other: Told, *, definite: bool, heads: bool) -> bool:
    first, second = one[0], other[0]
    alike = (first.event_type, first.realis, first.negated) == (second.event_type, second.realis, second.negated)
    vouched = (first.assertion in CLAIMS) == (second.assertion in CLAIMS)  # what is claimed is not what is told as fact
    if not alike or not vouched or not _agree(first, second):
        return False
    if definite and _is_part(one[1], other[1]):
        return True
    if heads and _is_told_again(one, other):
        return True
    if first.cameo_code != second.cameo_code:
        return False
    sides, others = _sides(one[1]), _sides(other[1])
    return bool(sides) and (sides == others or _is_half(sides, others) or _is_half(others, sides))


def _is_told_again(one: Told, other: Told) -> bool:
    """`Sri Lanka arrests 24`, then `Sri Lankan police arrested 24 people`: the same in each role that both tell."""
    if one[0].cameo_code != other[0].cameo_code:
        return False
    roles = {part.role for part in one[1]} & {part.role for part in other[1]} & {"actor", "recipient"}
    return bool(roles) and all(_is_alike(one[1], other[1], role) for role in roles)


def _is_alike(parts: list[Participant], others: list[Participant], role: str) -> bool:
    """One of those in a role, or somebody of their country, or as many."""
    ours = {key for part in parts if part.role == role for key in _names(part)}
    return bool(ours & {key for part in others if part.role == role for key in _names(part)})


def _names(part: Participant) -> set[str]:
    numbers = {word for word in (part.text or "").split() if word.isdecimal()}
    return {each for each in (part.entity_id, part.country) if each} | numbers | {(part.text or "").lower()}


def _is_half(sides: Sides, whole: Sides) -> bool:
    """`X was arrested` of `police arrested X`: the same is done to the same, and who did it is not told."""
    return {role for role, _ in sides} == {"recipient"} and sides == {each for each in whole if each[0] == "recipient"}


def _is_part(parts: list[Participant], whole: list[Participant]) -> bool:
    """Whether everybody in one cast, and there is somebody, is in the other in the same role."""
    people = [part for part in parts if part.role in {"actor", "recipient"}]
    ours = {(part.role, part.entity_id or part.text) for part in people}
    return bool(ours) and ours <= {(part.role, part.entity_id or part.text) for part in whole}


def _sides(parts: list[Participant]) -> Sides:
    """Who takes part in which role; nothing where one of them is unknown."""
    people = [part for part in parts if part.role in {"actor", "recipient"}]
    if any(part.entity_id is None for part in people):
        return frozenset()
    return frozenset((part.role, part.entity_id or "") for part in people)


def _agree(first: Event, second: Event) -> bool:
    """Whether both can have happened at one time."""
    if not (first.happened_on and first.happened_end_on and second.happened_on and second.happened_end_on):
        return first.background == second.background or not (first.happened_on or second.happened_on)
    if {first.date_basis, second.date_basis} != {"stated"} and first.background == second.background:
        return True
    return first.happened_on < second.happened_end_on and second.happened_on < first.happened_end_on


def _dated(best: Event, event: Event) -> Event:
    """A date that only a lesser mention tells."""
    if best.date_basis == "stated" or not event.happened_on or (best.happened_on and event.date_basis != "stated"):
        return best
    return replace(
        best,
        happened_on=event.happened_on,
        happened_end_on=event.happened_end_on,
        precision=event.precision,
        date_basis=event.date_basis,
    )
