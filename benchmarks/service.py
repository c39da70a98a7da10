"""The service as it runs: start-up, memory, latency and throughput over HTTP, what it does when there is too much."""

from __future__ import annotations

import gc
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.inputs import draft
from review_service.reviewer import Reviewer

_WORDS = 600


class Server:
    """A server in a process of its own."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], seconds_to_ready: float) -> None:
        self.port = port
        self.process = process
        self.seconds_to_ready = seconds_to_ready

    def post(self, connection: http.client.HTTPConnection, body: bytes) -> int:
        """Send one draft; return the status."""
        connection.request("POST", "/review", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection that is kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def serving(workers: int) -> Iterator[Server]:
    """Run the service with an empty store until the end of the block."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "review_service.cli", "serve", "--port", str(port), "--workers", str(workers)]
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{Path(folder) / 'benchmark.db'}"}
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            while not _ready(port):
                if process.poll() is not None:
                    raise RuntimeError("the service did not start")
                time.sleep(0.02)
            yield Server(port, process, time.perf_counter() - start)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def measure(requests: int) -> dict[str, float]:
    """Return figures of a server with two workers on 600-word drafts: seconds, milliseconds, MiB, requests a second."""
    with serving(workers=2) as server:
        figures = {"start to ready, s": server.seconds_to_ready}
        bodies = [json.dumps(draft(_WORDS, seed=seed)).encode() for seed in range(8)]
        alone, in_process = _latencies(server, requests)
        figures.update({f"latency p{share}, ms": _share(alone, share) for share in (50, 95, 99)})
        figures["added by HTTP, ms"] = statistics.median(alone) - statistics.median(in_process)
        figures["throughput with 4 clients, requests/s"] = _throughput(server, bodies, clients=4, seconds=5)[0]
        figures.update(_memory(server.process.pid))
    return figures


def overload(times: float = 4, seconds: float = 8) -> dict[str, Any]:
    """Return what happens when requests come at `times` the rate that two workers can answer: by status, and how late."""
    with serving(workers=2) as server:
        bodies = [json.dumps(draft(_WORDS, seed=seed)).encode() for seed in range(8)]
        capacity, _, calm = _throughput(server, bodies, clients=4, seconds=seconds)
        statuses, accepted, refused = _arrivals(server, bodies, capacity * times, seconds)
    return {
        "capacity with 4 clients, reviews/s": capacity,
        "arriving, requests/s": sum(statuses.values()) / seconds,
        "answered, reviews/s": statuses[200] / seconds,
        "turned away (503), requests/s": statuses[503] / seconds,
        "other answers": sum(count for status, count in statuses.items() if status not in (200, 503)),
        "p95 at capacity, ms": _share(calm, 95),
        "p95 of the accepted, ms": _share(accepted, 95),
        "p95 of a refusal, ms": _share(refused, 95),
    }


def _arrivals(
    server: Server, bodies: list[bytes], rate: float, seconds: float, clients: int = 48
) -> tuple[Counter[int], list[float], list[float]]:
    """Send requests at a steady rate whatever the answers; return the answers by status, and times by kind."""
    statuses: Counter[int] = Counter()
    accepted: list[float] = []
    refused: list[float] = []
    lock = threading.Lock()
    begin = time.perf_counter() + 0.2

    def client(number: int) -> None:
        for turn in range(int(rate * seconds / clients)):
            due = begin + (turn * clients + number) / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            start = time.perf_counter()
            connection = server.connection()
            try:
                status = server.post(connection, bodies[number % len(bodies)])
            except (OSError, http.client.HTTPException):
                status = 0
            finally:
                connection.close()
            with lock:
                statuses[status] += 1
                (accepted if status == 200 else refused).append((time.perf_counter() - start) * 1e3)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, accepted, refused


def _latencies(server: Server, requests: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of reviews over HTTP, and of the same reviews made in this process, turn by turn."""
    reviewer = Reviewer.load()
    gc.freeze()  # as the server does
    drafts = [draft(_WORDS, seed=seed) for seed in range(8)]
    connection = server.connection()
    served, made = [], []
    for number in range(requests + len(drafts)):
        sent = json.dumps(drafts[number % len(drafts)]).encode()
        start = time.perf_counter()
        server.post(connection, sent)
        answered = time.perf_counter()
        json.dumps(reviewer.review(drafts[number % len(drafts)]).to_dict())
        if number >= len(drafts):
            served.append((answered - start) * 1e3)
            made.append((time.perf_counter() - answered) * 1e3)
    return served, made


def _throughput(
    server: Server, bodies: list[bytes], clients: int, seconds: float
) -> tuple[float, Counter[int], list[float]]:
    """Return reviews a second, answers by status, and the times of the reviews in milliseconds."""
    statuses: Counter[int] = Counter()
    times: list[float] = []
    lock = threading.Lock()
    end = time.perf_counter() + seconds

    def client(number: int) -> None:
        connection = server.connection()
        while time.perf_counter() < end:
            start = time.perf_counter()
            try:
                status = server.post(connection, bodies[number % len(bodies)])
            except (OSError, http.client.HTTPException):
                status = 0
                connection.close()
                connection = server.connection()
            with lock:
                statuses[status] += 1
                if status == 200:
                    times.append((time.perf_counter() - start) * 1e3)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses[200] / seconds, statuses, times


def _share(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)] if times else float("nan")


def _memory(parent: int) -> dict[str, float]:
    """Return the memory of the workers in MiB: resident, and their own share of it (pages shared counted once)."""
    listed = subprocess.run(["ps", "--ppid", str(parent), "-o", "pid="], capture_output=True, text=True, check=True)
    sizes = []
    for pid in listed.stdout.split():
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        sizes.append([int(re.search(rf"^{name}:\s+(\d+)", rollup, re.M)[1]) / 1024 for name in ("Rss", "Pss")])  # type: ignore[index]
    return {
        "resident a worker, MiB": max(rss for rss, _ in sizes),
        "own share a worker, MiB": max(pss for _, pss in sizes),
    }
