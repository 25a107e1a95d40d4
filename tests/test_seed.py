"""The story that the project started from: everything that a person marked in it is found."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed"
STORY = SEED / "000_f1e5c5a661f658c8.txt"

pytestmark = pytest.mark.skipif(not STORY.exists(), reason="needs the seed story beside the checkout")


def test_the_seed_story_is_read_in_full(capsys):
    """Every mention with its entity, every statement with speaker, kind, cue, addressee and day, and nothing barred."""
    spec = importlib.util.spec_from_file_location("seed", ROOT / "benchmarks" / "seed.py")
    seed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(seed)
    assert seed.main(str(STORY), str(SEED / "expected.json")) == 0, capsys.readouterr().out
