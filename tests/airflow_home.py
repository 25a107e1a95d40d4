"""A scratch home for the tests that run Airflow: its settings, a source, and stories on its wire."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent


def write_source(root, name, *, wire="wire", more=""):
    root.mkdir(parents=True, exist_ok=True)
    (root / f"{name}.toml").write_text(
        f'title = "Source {name}"\nformat = "plain"\n{more}\n[where]\nkind = "folder"\npath = "{root.parent / wire}"\n'
    )


def write_story(path, headline, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{headline}\n\n{body}\n")
    os.utime(path, (1_700_000_000, 1_700_000_000))  # settled


def write_wire(root):
    """Three stories on 2 March, on the 3rd three and one that is refused, on the 4th one that is refused."""
    for day, place in [("2026-03-02", "LISBON"), ("2026-03-03", "OSLO")]:
        for number in range(3):
            write_story(
                root / "wire" / day / f"story-{number}.txt",
                f"Port <i>talks</i> enter day {number}",
                f'{place}, March 2 (Meridian) - "We will strike for {number} days," said Ana Reis on Monday.',
            )
    write_story(root / "wire" / "2026-03-03" / "empty.txt", "", "")
    write_story(root / "wire" / "2026-03-04" / "empty.txt", " ", "")


def environment(root):
    return {
        "AIRFLOW_HOME": str(root),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{root / 'airflow.db'}",
        "AIRFLOW__API_AUTH__JWT_SECRET": "x" * 64,
        "NEWSWIRE_DATA": str(root / "data"),
        "NEWSWIRE_SOURCES": str(root / "sources"),
    }
