"""The feeds: one TOML each, read strictly."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import ConfigError
from pipeline.sources import broken_sources, load_sources, read_source

WHERE = '[where]\nkind = "folder"\npath = "wire"\n'


@pytest.fixture
def declare(tmp_path):
    def write(text, name="desk.toml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_a_source_is_named_by_its_file_and_counts_paths_from_it(declare, tmp_path):
    """What is not told has a default, and a relative folder is beside the TOML."""
    source = read_source(declare(f'title = "The desk"\n{WHERE}'))
    assert (source.name, source.title, source.format, source.timezone) == ("desk", "The desk", "auto", "UTC")
    assert source.where.path == str(tmp_path / "wire")
    assert (source.encoding, source.language, source.day_first, source.rights) == (None, None, None, None)


def test_every_setting_can_be_told(declare):
    """As its kind: a zone, a length of time, a day of the month first."""
    told = 'timezone = "Asia/Seoul"\nquiet_after = "P2D"\nday_first = true\nschedule = "@hourly"\n'
    source = read_source(declare(f'title = "x"\n{told}{WHERE}'))
    assert (source.zone, source.quiet_after, source.day_first) == (ZoneInfo("Asia/Seoul"), timedelta(days=2), True)


@pytest.mark.parametrize("name", ["Desk.toml", "2desk.toml", "my-desk.toml", "my desk.toml"])
def test_a_name_is_lower_case_letters_digits_and_underscores(declare, name):
    """It is a folder of the lake and the name of a DAG."""
    with pytest.raises(ConfigError, match="a source's name is lower-case letters, digits and underscores"):
        read_source(declare(f'title = "x"\n{WHERE}', name))


def test_a_setting_of_the_wrong_kind_is_named(declare):
    """With the file."""
    with pytest.raises(ConfigError, match=r"desk\.toml: day_first: Input should be a valid boolean"):
        read_source(declare(f'title = "x"\nday_first = "perhaps"\n{WHERE}'))


def test_a_kind_of_wire_that_there_is_not_is_named(declare):
    """With the file."""
    with pytest.raises(ConfigError, match=r"desk\.toml: where"):
        read_source(declare('title = "x"\n[where]\nkind = "pigeon"\npath = "."\n'))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """A folder with a TOML's name."""
    (tmp_path / "desk.toml").mkdir()
    with pytest.raises(ConfigError, match=r"cannot read .*desk\.toml: Is a directory"):
        read_source(tmp_path / "desk.toml")


def test_a_broken_file_costs_its_own_source_alone(declare, tmp_path):
    """The others are read, and what is wrong with it is told by its name."""
    declare(f'title = "x"\n{WHERE}', "good.toml")
    declare("title = unquoted", "bad.toml")
    assert list(load_sources(tmp_path)) == ["good"]
    told = broken_sources(tmp_path)
    assert list(told) == ["bad"]
    assert "bad.toml: not TOML" in told["bad"]


def test_sources_come_by_name(declare, tmp_path):
    """In order; other files are left alone."""
    for name in ("b.toml", "a.toml"):
        declare(f'title = "x"\n{WHERE}', name)
    declare("none", "README.md")
    assert list(load_sources(tmp_path)) == ["a", "b"]


def test_the_sources_that_come_with_the_project_can_be_read():
    """And say what may be done with their stories."""
    sources = load_sources()
    assert {"samples_ninjs", "samples_plain"} <= sources.keys()
    assert [name for name, source in sources.items() if not source.rights] == []
