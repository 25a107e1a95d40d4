"""Airflow imports this, by its name, when one of its processes starts.

Tasks are forked from the scheduler (LocalExecutor) or from a Celery worker. What that process has imported they need
not import again, which saves each some two seconds: the pipeline with Arrow, DuckDB and its word lists. It starts no
threads on import, so that forking is safe. A change of pipeline/ is seen after a restart.
"""

import sys

FORKS_TASKS = {"scheduler", "worker"}

if FORKS_TASKS & set(sys.argv[1:3]):
    import pipeline.stages  # noqa: F401 for the tasks to have
