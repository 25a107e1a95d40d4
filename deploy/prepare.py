"""What a cluster needs before it starts: databases, tables, pool, bucket, queue and the login. May be run again.

`make cluster` and the job `prepare` of docker-compose.yaml run it, with the settings of the cluster in the environment.
"""

import contextlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import boto3
import psycopg2
from sqlalchemy import make_url

from deploy.settings import USER

DATABASES = ("airflow", "warehouse")
QUEUE = "landing"


def main() -> None:
    """Make what is missing."""
    make_databases()
    airflow("db", "migrate")
    airflow("pools", "set", "warehouse", "1", "the warehouse takes one writer at a time")
    make_bucket()
    boto3.client("sqs").create_queue(QueueName=QUEUE)
    keep_login()


def make_databases() -> None:
    """Airflow's own, and the one for the catalog of the warehouse."""
    url = make_url(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
    login: dict[str, Any] = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
    connection = psycopg2.connect(dbname="postgres", **login)
    connection.autocommit = True  # a database cannot be made in a transaction
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        there = {name for (name,) in cursor.fetchall()}
        for name in DATABASES:
            if name not in there:
                cursor.execute(f"CREATE DATABASE {name}")
    connection.close()


def airflow(*command: str) -> None:
    """Run an airflow command. Raises CalledProcessError."""
    subprocess.run(["airflow", *command], check=True)


def make_bucket() -> None:
    """The lake's, which is the warehouse's too."""
    store = boto3.client("s3", endpoint_url=os.environ["NEWSWIRE_S3_ENDPOINT"])
    name = os.environ["NEWSWIRE_LAKE"].removeprefix("s3://").partition("/")[0]
    with contextlib.suppress(store.exceptions.BucketAlreadyOwnedByYou, store.exceptions.BucketAlreadyExists):
        store.create_bucket(Bucket=name)


def keep_login() -> None:
    """Write the password where Airflow reads it, if the environment has one."""
    if password := os.environ.get("ADMIN_PASSWORD"):
        file = Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"])
        file.touch(mode=0o600)
        file.write_text(json.dumps({USER: password}), "utf-8")


if __name__ == "__main__":
    main()
