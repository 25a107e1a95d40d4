"""What Newswire adds to the UI: a page in the menu, a tab on every run, and the pages that they show."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin
from batch_links import PAGES, base_path


class NewswirePlugin(AirflowPlugin):
    """Airflow looks here."""

    name = "newswire"

    def __init__(self) -> None:
        """The page in the menu (Browse > Newswire) and the tab `Batch` of a DAG run."""
        root = f"{base_path()}{PAGES}"
        self.external_views = [
            {
                "name": "Newswire",
                "href": f"{root}/",
                "destination": "nav",
                "category": "browse",
                "url_route": "newswire",
            },
            {
                "name": "Batch",
                "href": f"{root}/by-run?dag_id={{DAG_ID}}&run_id={{RUN_ID}}",
                "destination": "dag_run",
                "url_route": "batch",
            },
        ]

    @property
    def fastapi_apps(self) -> list[dict[str, Any]]:  # type: ignore[override]
        """The pages; made when the API server asks, as every task loads this module too."""
        from batch_pages import make_app

        return [{"app": make_app(), "url_prefix": PAGES, "name": "Newswire"}]
