"""docker-compose.yaml: the settings of deploy/settings.toml, nothing open beyond loopback, no secret in a file."""

import os
import re
import shutil
import subprocess
from functools import cache

import pytest
import yaml
from airflow_home import ROOT

from deploy.settings import TOLD, fill_in, settings_of

OURS = {"prepare", "api-server", "scheduler", "dag-processor", "triggerer", "worker-1", "worker-2"}
STORES = {"postgres", "redis", "store", "queue"}
SECRETS = {
    "ADMIN_PASSWORD",
    "API_SECRET_KEY",
    "FERNET_KEY",
    "JWT_SECRET",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "STORE_KEY",
    "STORE_SECRET",
}
REQUIRED = re.compile(r"\$\{([A-Z_]+):\?[^}]+\}")
PINNED = re.compile(r"[\w./-]+:\d[\w.-]*(@sha256:[0-9a-f]{64})?|[\w./-]+:v\d[\w.-]*@sha256:[0-9a-f]{64}")


@cache
def text():
    return (ROOT / "docker-compose.yaml").read_text("utf-8")


@cache
def services():
    return yaml.safe_load(text())["services"]


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_settings_are_those_of_the_cluster(name):
    """Each of them, and no other; hosts, ports and secrets alone are the composition's own."""
    more = {"ADMIN_PASSWORD"} if name == "prepare" else set()
    found = {key: value for key, value in services()[name]["environment"].items() if key not in more}
    assert found == settings_of("cluster", TOLD["compose"])
    assert all(isinstance(value, str) for value in found.values())


def test_all_is_there_and_looked_after():
    """Eleven services and a job; each is watched, started again when it ends, and waits for what it needs."""
    assert set(services()) == OURS | STORES
    lasting = {name: service for name, service in services().items() if name != "prepare"}
    assert [name for name, service in lasting.items() if not service["healthcheck"]["test"]] == []
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}
    assert services()["prepare"]["depends_on"] == {name: {"condition": "service_healthy"} for name in sorted(STORES)}
    waits = {"condition": "service_completed_successfully"}
    assert all(services()[name]["depends_on"]["prepare"] == waits for name in OURS - {"prepare"})


def test_every_published_port_is_on_loopback():
    """The UI's is the only one."""
    ports = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert ports == {"api-server": ["127.0.0.1:${NEWSWIRE_PORT:-8080}:8080"]}
    assert not any("network_mode" in service or service.get("privileged") for service in services().values())


def test_images_are_pinned():
    """To a version, and to a digest where one is known; what an image is made of, too."""
    images = {service["image"] for service in services().values()}
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    bases = set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE))
    assert [image for image in images | bases if not PINNED.fullmatch(image)] == []
    assert all("@sha256:" in base for base in bases)
    assert dockerfile.count("--require-hashes") == 2
    assert "\nUSER newswire\n" in dockerfile


def test_secrets_come_from_the_environment_and_a_missing_one_is_said():
    """The file names them with `:?`, .env.example names the same and gives none, git and the image take no .env."""
    assert set(REQUIRED.findall(text())) == SECRETS
    assert set(re.findall(r"\$\{([A-Z_]+)", text())) == SECRETS | {"NEWSWIRE_PORT", "SOURCES"}
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^([A-Z_]+)=$", example, re.MULTILINE)) == SECRETS
    assert re.findall(r"^[A-Z_]+=.+$", example, re.MULTILINE) == []
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert (ROOT / ".dockerignore").read_text("utf-8").splitlines()[1] == "*"


def test_make_env_fills_all_secrets_in():
    """Each another, and safe in a URL."""
    made = dict(re.findall(r"^([A-Z_]+)=(.+)$", fill_in((ROOT / ".env.example").read_text("utf-8")), re.MULTILINE))
    assert set(made) == SECRETS
    assert len(set(made.values())) == len(SECRETS)
    assert all(re.fullmatch("[0-9a-f]{64}", value) for name, value in made.items() if name != "FERNET_KEY")


def test_compose_itself_takes_it(tmp_path):
    """Docker's own reader finds no fault, and refuses to start without a secret."""
    command = compose() or pytest.skip("no docker compose on this machine")
    clean = {name: value for name, value in os.environ.items() if name not in SECRETS}
    asked = [
        *command,
        "--file",
        str(ROOT / "docker-compose.yaml"),
        "--project-directory",
        str(tmp_path),
        "config",
        "-q",
    ]
    told = {**clean, **dict.fromkeys(SECRETS, "x")}
    done = subprocess.run(asked, env=told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    del told["JWT_SECRET"]
    done = subprocess.run(asked, env=told, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "see .env.example" in done.stderr


def compose():
    """The command, as a plugin of docker's or by itself."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, "version"], capture_output=True, check=False)
            if done.returncode == 0:
                return command
    return None
