"""A private Postgres from Debian's packages, in a folder of its own and on loopback; no system service is touched."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

OWNER = "postgres"
"""Who runs Postgres where this runs as root, which Postgres refuses to be."""

MISSING = "no {name} on this machine; on Debian: apt-get install postgresql redis-server"


def make_postgres(folder: Path, password: str) -> None:
    """Make the folder, with a superuser `newswire`. Raises SystemExit."""
    folder.mkdir(mode=0o700)
    file = folder / "password"
    file.touch(mode=0o600)
    file.write_text(password, "utf-8")
    for path in (folder, file) if owner() else ():
        shutil.chown(path, **owner())
    told = ["--username", "newswire", "--pwfile", str(file), "--auth", "scram-sha-256"]
    command = [program("initdb"), "-D", str(folder / "data"), *told, "--encoding", "UTF8", "--no-locale"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **owner())
    if done.returncode:
        raise SystemExit(f"cannot make a Postgres in {folder}: {done.stderr.strip()}")
    file.unlink()


def postgres_command(folder: Path, port: int) -> list[str]:
    """What runs it, to be started by its owner from a folder that its owner can read."""
    reached = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    return [program("postgres"), "-D", str(folder / "data"), "-p", str(port), *reached]


def program(name: str) -> str:
    """Where a program is; Debian keeps those of Postgres off the path. Raises SystemExit."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(name)
    if not found:
        raise SystemExit(MISSING.format(name=name))
    return found


def owner() -> dict[str, Any]:
    """Whom Postgres has to run as, as Popen and chown take it; nothing where that is who runs this."""
    if os.geteuid():
        return {}
    try:
        return {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid}
    except KeyError:
        raise SystemExit(f"Postgres does not run as root, and there is no user {OWNER} to run it as") from None
