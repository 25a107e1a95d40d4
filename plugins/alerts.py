"""Tell people: a webhook is called when a task fails for good, a source is quiet, or much is refused.

The webhook's URL is the password of Airflow's connection `newswire_alerts`, so that Airflow encrypts and masks
it. Without that connection alerts stand in the log alone. The body is JSON: `text` for chat tools, which show
it as it is, and beside it `kind`, `dag`, `run` and `link` for programs.
"""

import logging
from typing import Any

from airflow.sdk import BaseHook, Context
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

log = logging.getLogger(__name__)

CONNECTION = "newswire_alerts"
SECONDS = 10.0


class Incomplete(AirflowFailException):
    """A stage before this one failed, which is the failure to tell of."""


def on_failure(context: Context) -> None:
    """Tell of a task that failed for good, with its reason in one line."""
    error = context.get("exception")
    if isinstance(error, Incomplete):
        return
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    send("failure", f"{context['ti'].task_id} failed: {reason}", context)


def send(kind: str, text: str, context: Context) -> None:
    """Log an alert and, where there is a webhook, call it. A webhook that fails is logged and fails nothing."""
    this: Any = context["ti"]
    facts = {"kind": kind, "dag": this.dag_id, "run": this.run_id, "link": this.log_url}
    log.warning("alert (%s): %s", kind, text)
    if url := _webhook():
        _post(url, {"text": f"{this.dag_id}: {text}\n{this.log_url}", **facts})


def _webhook() -> str | None:
    try:
        return BaseHook.get_connection(CONNECTION).password
    except AirflowNotFoundException:
        return None


def _post(url: str, body: dict[str, Any]) -> None:
    import httpx

    try:
        httpx.post(url, json=body, timeout=SECONDS).raise_for_status()
    except httpx.HTTPStatusError as error:
        log.error("the webhook answered %d", error.response.status_code)  # noqa: TRY400 the trace holds its URL
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.error("the webhook could not be called: %s", type(error).__name__)  # noqa: TRY400 likewise
