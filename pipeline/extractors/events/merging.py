"""One event told twice in a story is one: of one type, its cast the same or part of it, at times that agree."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.tables import Event, Participant, Span

Told = tuple[Event, list[Participant]]
CLAIMS = frozenset({"alleged", "denied"})
Sides = frozenset[tuple[str, str]]


def merge(told: Iterable[Told], known: Collection[int] = frozenset()) -> list[Told]:
    """Each event once, by its best mention; the others' places are its `also_spans`. The best must come first.

    `known` are the places of mentions that speak of something known: `the killing of …`.
    """
    kept: list[Told] = []
    for event, parts in told:
        definite = event.start_char in known
        same = next((at for at, other in enumerate(kept) if _is_same((event, parts), other, definite=definite)), None)
        if same is None:
            kept.append((event, parts))
            continue
        best, cast = kept[same]
        spans = sorted([*best.also_spans, Span(event.start_char, event.end_char)], key=lambda span: span.start_char)
        kept[same] = (_dated(replace(best, also_spans=spans), event), cast or parts)
    return kept


def _is_same(one: Told, other: Told, *, definite: bool) -> bool:
    first, second = one[0], other[0]
    alike = (first.event_type, first.realis, first.negated) == (second.event_type, second.realis, second.negated)
    vouched = (first.assertion in CLAIMS) == (second.assertion in CLAIMS)  # what is claimed is not what is told as fact
    if not alike or not vouched or not _agree(first, second):
        return False
    if definite and _is_part(one[1], other[1]):
        return True
    if first.cameo_code != second.cameo_code:
        return False
    sides, others = _sides(one[1]), _sides(other[1])
    return bool(sides) and (sides == others or _is_half(sides, others) or _is_half(others, sides))


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
    if {first.date_basis, second.date_basis} != {"stated"}:
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
