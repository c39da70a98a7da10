"""The Dockerfile, as far as it can be tested without building it: its paths exist, its commands work in a clean environment."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def test_every_copied_path_exists() -> None:
    assert copied()
    for source in copied():
        assert (ROOT / source).exists(), source


def test_every_copied_path_is_let_through() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if line.startswith("!")
    }
    assert set(copied()) <= allowed


def test_it_does_not_run_as_root_and_checks_health() -> None:
    assert re.search(r"^USER (?!root)\w+", DOCKERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE


@pytest.mark.skipif("CI" not in os.environ, reason="builds a clean environment from the registry; runs in CI")
def test_its_install_and_start_commands_work_in_a_clean_environment(tmp_path: Path) -> None:
    environment = tmp_path / "opt"
    venv.create(environment, with_pip=True)
    pip = environment / "bin" / "pip"
    subprocess.run([pip, "install", "-q", "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([pip, "install", "-q", "--no-deps", ROOT], check=True)
    start = re.search(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    assert start
    command = json.loads(start.group(1))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(environment / "bin" / command[0]), *command[1:]]
    command[command.index("8000")] = str(port)
    clean = {"PATH": os.environ["PATH"], "REVIEW_MODELS": str(ROOT / "models"), "REVIEW_DATA": str(tmp_path)}
    server = subprocess.Popen(command, cwd=tmp_path, env=clean)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
                    assert json.load(answer)["status"] == "ok"
                return
            except OSError:
                assert server.poll() is None, "the server stopped"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(timeout=40)


def test_python_of_the_image_is_one_the_project_supports() -> None:
    version = re.search(r"FROM python:(\d+)\.(\d+)", DOCKERFILE)
    assert version
    assert (int(version.group(1)), int(version.group(2))) >= (3, 11)
    assert sys.version_info >= (3, 11)
