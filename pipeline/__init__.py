"""Newswire: wire stories in, statements and events out. A library; it never imports Airflow."""

from importlib.metadata import version

__version__ = version("newswire")
