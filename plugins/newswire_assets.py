"""Assets: what each task makes, so that the asset graph reads as the pipeline."""

from typing import Any

from airflow.sdk import Asset


def asset(source: str, holds: str, **more: Any) -> Asset:
    """What a source has of something, named as `newswire://desk/stories`.

    Its URI begins with x-: for a scheme of one's own Airflow would import every provider, and with Amazon's the AWS
    client, into each task.
    """
    name = f"newswire://{source}/{holds}"
    return Asset(name=name, uri=f"x-{name}", **more)
