"""The documents that are rendered from declarations: `python -m pipeline.documents` writes them anew.

What a document says of each table and each setting stands once, in tables.py, settings.py and
sources/; a test holds the files in docs/ to it.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.schema import dictionary
from pipeline.settings import CONFIG, Settings
from pipeline.sources import HERE, Credential, Source
from pipeline.tables import TABLES

WORDS: dict[type, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Path: "path",
    timedelta: "duration (ISO 8601)",
}
RENDERED = "<!-- Rendered by `make docs` from {origin}; change it there. -->"


def tables() -> str:
    """docs/tables.md."""
    return f"""# Tables

{RENDERED.format(origin="pipeline/tables.py")}

The same tables are Parquet files in the lake and tables in DuckDB; every one begins with the batch that a row came in
(`source`, `day`). The key is in bold. A column that may be null says by it that the text does not tell.

- `_char` is an offset in Unicode code points of `stories.text`, from 0, the end exclusive:
  `stories.text[start_char + 1 : end_char]` in SQL.
- `_at` is a time in UTC, `_on` a day; `[first_on, end_on)` is a half-open interval of days.
- `item_id` ties a fact to its item and its story; join with `USING (source, item_id)`.

{dictionary(TABLES)}"""


def settings() -> str:
    """docs/settings.md."""
    rows = [(f"`{name}`", f"`NEWSWIRE_{name.upper()}`", *_told(field)) for name, field in Settings.model_fields.items()]
    return f"""# Settings

{RENDERED.format(origin="pipeline/settings.py")}

A setting is looked for in the environment, then in `{CONFIG}` in the current folder. An empty variable counts as not
set; a key that is not in this table is an error.

{_table(("setting", "in the environment", "kind", "default", "what it is"), rows)}
Access to S3 is told as to every tool: by `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION` or a profile.
"""


def sources() -> str:
    """docs/sources.md."""
    wires = "\n".join(_wire(each) for each in _kinds(Source.model_fields["where"].annotation))
    about = {name: field for name, field in Source.model_fields.items() if name not in {"name", "where"}}
    return f"""# Sources

{RENDERED.format(origin="pipeline/sources/__init__.py")}

A source is a TOML file in the folder that `NEWSWIRE_SOURCES` names. The file's name is the source's name: lower-case
letters, digits and underscores. A key that is not in these tables is an error.

{_fields(about)}
The table `[where]` says where a source's bytes come from. Its `kind` decides what else it holds.

{wires}
## [where.credential]

{(Credential.__doc__ or "").partition(chr(10))[0]} A secret itself never stands in a TOML; one in a URL or a header is
refused.

{_fields(Credential.model_fields)}"""


DOCUMENTS: dict[str, Callable[[], str]] = {"tables.md": tables, "settings.md": settings, "sources.md": sources}


def _wire(kind: type[BaseModel]) -> str:
    (name,) = get_args(kind.model_fields["kind"].annotation)
    about = {each: field for each, field in kind.model_fields.items() if each != "kind"}
    return f'## kind = "{name}"\n\n{(kind.__doc__ or "").partition(chr(10))[0]}\n\n{_fields(about)}'


def _fields(fields: dict[str, FieldInfo]) -> str:
    rows = [(f"`{name}`", *_told(field)) for name, field in fields.items()]
    return _table(("setting", "kind", "default", "what it is"), rows)


def _told(field: FieldInfo) -> tuple[str, str, str]:
    """Kind, default and meaning."""
    return " or ".join(_words(field.annotation)), _default(field), field.description or ""


def _words(annotation: Any) -> Iterator[str]:
    """A type in words: `one of path, mtime` for a Literal."""
    if get_origin(annotation) is Literal:
        yield f"one of {', '.join(f'`{each}`' for each in get_args(annotation))}"
    elif get_origin(annotation) in {list, tuple}:
        yield "list of " + " or ".join(_words(get_args(annotation)[0]))
    elif get_origin(annotation) is Annotated:
        yield from _words(get_args(annotation)[0])
    elif get_origin(annotation) is dict:
        yield "table of " + " or ".join(_words(get_args(annotation)[1]))
    elif annotation is Credential or Credential in _kinds(annotation):
        yield "table, as `[where.credential]` below"
    else:
        yield from (WORDS[each] if each in WORDS else _word(each) for each in _kinds(annotation))


def _word(kind: Any) -> str:
    return " or ".join(_words(kind)) if get_origin(kind) is Annotated else getattr(kind, "__name__", str(kind))


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """The types that a field may have, None left out."""
    of = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    return tuple(each for each in of if each is not NoneType)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be told"
    default = field.get_default(call_default_factory=True)
    if default == HERE:
        return "`pipeline/sources`"
    return "not set" if default is None else f"`{default}`" if default != "" else "empty"


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    for name, render in DOCUMENTS.items():
        (Path(*sys.argv[1:2] or ["docs"]) / name).write_text(render(), "utf-8")
