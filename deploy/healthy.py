"""Exit with 0 if a component is healthy: a health check of docker-compose.yaml."""

import json
import os
import socket
import sys
import urllib.request


def main() -> None:
    """Ask for the component that the command line names, as `scheduler`, or for the worker of this machine."""
    name = sys.argv[1]
    raise SystemExit(not (worker_answers() if name == "worker" else is_healthy(name)))


def is_healthy(name: str) -> bool:
    """Whether the API server says so."""
    base = os.environ["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].removesuffix("/execution/")
    with urllib.request.urlopen(f"{base}/api/v2/monitor/health", timeout=5) as answer:
        return bool(json.load(answer)[name]["status"] == "healthy")


def worker_answers() -> bool:
    """Whether it does, through the broker."""
    import celery  # noqa: PLC0415 the other checks are lighter without

    with celery.Celery(broker=os.environ["AIRFLOW__CELERY__BROKER_URL"]) as app:
        return bool(app.control.inspect([f"celery@{socket.gethostname()}"], timeout=5).ping())


if __name__ == "__main__":
    main()
