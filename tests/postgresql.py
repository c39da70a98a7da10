"""A real PostgreSQL server for the tests, when its binaries are installed (Debian: apt-get install postgresql)."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PLACES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/pgsql/bin"))


class Server:
    """A server of its own, empty, on a free port of this machine."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self.programs = programs
        self.folder = folder
        self.port = port
        self._number = 0

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        self._number += 1
        name = f"test_{self._number}"
        self.run("psql", "-q", "-c", f"CREATE DATABASE {name}", self.url("postgres"))
        return self.url(name)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs as the user who owns the server."""
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder, user=_owner(), group=_owner(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        # Not captured: the server would hold the pipe open for ever.
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log")]
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        )
        subprocess.run(
            [*command, "-o", options, "start"],
            cwd=self.folder, user=_owner(), group=_owner(), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def pause(self) -> None:
        """Let the server and all its processes hang: lines stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the server go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in (main, *map(int, children)):
            os.kill(process, number)


@contextlib.contextmanager
def run_postgresql() -> Iterator[Server]:
    """Run a server until the end of the block; skip the test when there are no binaries to run."""
    programs = next((place for place in PLACES if (place / "initdb").exists()), None)
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="review-postgresql-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(programs, folder, port)
    try:
        server.run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    """Return the ordinary user whom the server's programs run as, None for whoever runs the tests: PostgreSQL refuses root."""
    return "postgres" if os.geteuid() == 0 else None
