"""Numbers as written: `twenty-five`, `a hundred`, `2 1/2`, `two and a half`, `a dozen`."""

from pipeline.extractors.dates.lexer import Lexed

DOZEN = 12.0


def amount(lexed: Lexed, first: int, end: int) -> float | None:
    """What the tokens `[first, end)` count, or None where they are no number."""
    total = 0.0
    seen = False
    for index in range(first, end):
        values = lexed.lexemes[index].values
        word = lexed.word(index)
        if "NUMW" in values:
            total = _joined(total, float(values["NUMW"]))
        elif "INT" in values:
            total += _fraction_or_number(lexed, index, end)
        elif word[:1].isdigit():
            total += float(word.replace(",", ""))
        elif "DOZEN" in values:
            total += DOZEN
        elif word == "half":
            total += 0.5
        else:
            continue
        seen = True
    return total if seen else None


def _joined(total: float, number: float) -> float:
    """`two` `hundred` is a product, `twenty` `five` a sum."""
    return (total or 1) * number if number >= 100 else total + number


def _fraction_or_number(lexed: Lexed, index: int, end: int) -> float:
    """`1` of `1/2` counts a half, its `2` nothing."""
    if index > 0 and lexed.word(index - 1) == "/":
        return 0.0
    number = float(lexed.word(index))
    if index + 2 < end and lexed.word(index + 1) == "/" and lexed.word(index + 2).isdigit():
        return number / (float(lexed.word(index + 2)) or 1)
    return number
