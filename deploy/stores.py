"""What a cluster stands on, on this machine: Postgres, Redis, and an endpoint for S3 and SQS."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import redis
from sqlalchemy import make_url

from deploy.processes import Processes

OWNER = "postgres"
"""Who runs Postgres where this runs as root, which Postgres refuses to be."""

MISSING = "no {name} on this machine; on Debian: apt-get install postgresql redis-server"


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
        folder, owner = self.home / "postgres", owner_of_postgres()
        folder.mkdir(mode=0o700)
        password = folder / "password"
        password.touch(mode=0o600)
        password.write_text(self.passwords["postgres_password"], "utf-8")
        for path in (folder, password) if owner else ():
            shutil.chown(path, **owner)
        where, told = ["-D", str(folder / "data")], ["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale"]
        initdb = [program("initdb"), *where, "--username", "newswire", "--pwfile", str(password), *told]
        done = subprocess.run(initdb, cwd="/", capture_output=True, text=True, check=False, **owner)
        if done.returncode:
            raise SystemExit(f"cannot make a Postgres in {folder}: {done.stderr.strip()}")
        password.unlink()
        port = ["-p", str(self.ports["postgres"])]
        reached = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        self.processes.begin(
            "postgres", [program("postgres"), *where, *port, *reached], self.settings, cwd="/", **owner
        )

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


def program(name: str) -> str:
    """Where a program is; Debian keeps those of Postgres off the path. Raises SystemExit."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(name)
    if not found:
        raise SystemExit(MISSING.format(name=name))
    return found


def owner_of_postgres() -> dict[str, Any]:
    """Whom Postgres has to run as, as Popen and chown take it; nothing where that is who runs this."""
    if os.geteuid():
        return {}
    try:
        return {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid}
    except KeyError:
        raise SystemExit(f"Postgres does not run as root, and there is no user {OWNER} to run it as") from None
