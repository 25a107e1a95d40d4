"""The rendered documents: they say what the declarations say."""

from pathlib import Path

import pytest

from pipeline.documents import DOCUMENTS
from pipeline.settings import Settings
from pipeline.sources import Folder, Source
from pipeline.tables import TABLES

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_what_its_declarations_render_to(name):
    """`make docs` writes it anew."""
    assert (DOCS / name).read_text("utf-8") == DOCUMENTS[name]()


def test_every_table_and_column_is_in_the_dictionary():
    """With its type, whether it may be null, and its choices."""
    text = (DOCS / "tables.md").read_text("utf-8")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [row.__table__.name for row in TABLES]
    assert "| dateline_on | DATE, may be null | The dateline's day; its year comes from the stamp. |" in text
    assert "| **item_id** | VARCHAR | SHA-256 of the body, in hex. |" in text
    assert "| status | VARCHAR | IPTC pubStatus. One of: usable, withheld, canceled. |" in text


def test_every_setting_is_described():
    """None is without a sentence, and none is left out."""
    described = [*Settings.model_fields.values(), *Source.model_fields.values(), *Folder.model_fields.values()]
    assert [field for field in described if not field.description and field is not Folder.model_fields["kind"]] == []
    text = (DOCS / "settings.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"`NEWSWIRE_{name.upper()}`" not in text] == []


def test_no_document_names_a_folder_of_this_machine():
    """A default that depends on where the package is says so in words."""
    assert [
        name for name in DOCUMENTS if str(Path.home()) in DOCUMENTS[name]() or str(DOCS.parent) in DOCUMENTS[name]()
    ] == []
