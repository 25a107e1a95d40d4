"""Buttons on a task's page: to its batch and to what was refused of it."""

from typing import Any

from airflow.sdk import BaseOperatorLink

PAGES = "/newswire"
"""Where the pages of batch_pages.py are mounted."""


class BatchLink(BaseOperatorLink):
    """The page of the batch: what each stage did, its stories, its rejects."""

    name = "Batch"
    place = ""

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The path in the UI; a task that failed before it knew its day gets the source's."""
        del ti_key  # the task itself has run just now, and knows more
        day = operator.day
        return f"{base_path()}{PAGES}/{operator.source}" + (f"/{day}{self.place}" if day else "")


class RejectsLink(BatchLink):
    """The same page, where the rejects are."""

    name = "Rejects"
    place = "#rejects"


def base_path() -> str:
    """What the UI's paths begin with, where it does not stand at its server's root."""
    from urllib.parse import urlsplit

    from airflow.sdk import conf

    return urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")
