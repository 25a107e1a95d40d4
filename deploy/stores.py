"""What a cluster stands on, on this machine: Postgres, Redis, and an endpoint for S3 and SQS."""

import contextlib
import signal
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import redis
from sqlalchemy import make_url

from deploy.postgres import make_postgres, owner, postgres_command, program
from deploy.processes import Processes


@dataclass
class Stores:
    """They, each with its port and password, in a folder of their own."""

    home: Path
    settings: dict[str, str]
    ports: dict[str, int]
    passwords: dict[str, str]

    def __post_init__(self) -> None:
        """Nothing runs yet."""
        self.processes = Processes(self.home)

    def start(self) -> None:
        """Start them; `answer` says when they are there. Raises SystemExit."""
        self.start_postgres()
        self.start_redis()
        moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.ports["store"])]
        self.processes.begin("store", moto, self.settings)

    def stop(self) -> None:
        """Stop them, without waiting for their clients."""
        self.processes.stop(signal.SIGINT)

    def answer(self) -> bool:
        """Whether all of them do."""
        return self.postgres_answers() and self.redis_answers() and self.store_answers()

    def start_postgres(self) -> None:
        """A Postgres in a folder of its own. Raises SystemExit."""
        folder = self.home / "postgres"
        make_postgres(folder, self.passwords["postgres_password"])
        command = postgres_command(folder, self.ports["postgres"])
        self.processes.begin("postgres", command, self.settings, cwd="/", **owner())

    def start_redis(self) -> None:
        """A Redis in a folder of its own, its password in a file, as command lines are for everybody to see."""
        folder = self.home / "redis"
        folder.mkdir(mode=0o700)
        told = {"bind": "127.0.0.1", "port": self.ports["redis"], "dir": folder, "appendonly": "yes"}
        config = folder / "redis.conf"
        config.touch(mode=0o600)
        config.write_text("".join(f"{name} {value}\n" for name, value in told.items()), "utf-8")
        with config.open("a", encoding="utf-8") as file:
            file.write(f"requirepass {self.passwords['redis_password']}\n")
        self.processes.begin("redis", [program("redis-server"), str(config)], self.settings)

    def postgres_answers(self) -> bool:
        """Whether one can log in."""
        url = make_url(self.settings["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
        login: dict[str, Any] = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(dbname="postgres", **login).close()
            return True
        return False

    def redis_answers(self) -> bool:
        """Whether one can log in."""
        with contextlib.suppress(redis.RedisError):
            return bool(redis.Redis.from_url(self.settings["AIRFLOW__CELERY__BROKER_URL"]).ping())
        return False

    def store_answers(self) -> bool:
        """Whether S3 and SQS are there."""
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.settings['NEWSWIRE_S3_ENDPOINT']}/moto-api/", timeout=5).close()
            return True
        return False
