"""One event told twice in a story is one: of the same type, with the same cast, at times that agree."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.tables import Event, Participant, Span

Told = tuple[Event, list[Participant]]
DEFINITE = frozenset({"the", "this", "that"})


def merge(told: Iterable[Told]) -> list[Told]:
    """Each event once, by its best mention; the others' places are its `also_spans`. The best must come first."""
    kept: list[Told] = []
    for event, parts in told:
        same = next((at for at, other in enumerate(kept) if _is_same((event, parts), other)), None)
        if same is None:
            kept.append((event, parts))
            continue
        best, cast = kept[same]
        spans = sorted([*best.also_spans, Span(event.start_char, event.end_char)], key=lambda span: span.start_char)
        kept[same] = (_dated(replace(best, also_spans=spans), event), cast or parts)
    return kept


def _is_same(one: Told, other: Told) -> bool:
    first, second = one[0], other[0]
    alike = (first.event_type, first.realis, first.negated) == (second.event_type, second.realis, second.negated)
    if not alike or not _agree(first, second) or first.cameo_code != second.cameo_code:
        return False
    sides, others = _sides(one[1]), _sides(other[1])
    return bool(sides) and sides == others


def _sides(parts: Sequence[Participant]) -> frozenset[tuple[str, str]]:
    """Who takes part in which role; nothing where one of them is unknown."""
    people = [part for part in parts if part.role in {"actor", "recipient"}]
    if any(part.entity_id is None for part in people):
        return frozenset()
    return frozenset((part.role, part.entity_id or "") for part in people)


def _agree(first: Event, second: Event) -> bool:
    """Whether both can have happened at one time."""
    if not (first.happened_on and first.happened_end_on and second.happened_on and second.happened_end_on):
        return True
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
