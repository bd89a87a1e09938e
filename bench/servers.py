"""Servers to be measured, each a process of its own on a free port of this machine."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.engines import FACETS, MULTIPLE, SINGLE, TEXTS, Entry

ROOT = Path(__file__).parents[1]
THREADS = 4
CLI = "from register.cli import main; main()"
_PATIENCE = 60.0


def environment(instance: Path, workers: int = 1, threads: int = THREADS) -> dict[str, str]:
    """Give the settings of an instance with so many web processes, and threads of each."""
    return {
        **os.environ,
        "REGISTER_INSTANCE": str(instance),
        "REGISTER_WORKERS": str(workers),
        "REGISTER_THREADS": str(threads),
    }


def fill_datasette(path: Path, entries: Sequence[Entry]) -> None:
    """Write the same records as Datasette's makers teach: a table, and FTS5 over its texts."""
    database = sqlite3.connect(path)
    columns = ", ".join((*TEXTS, *FACETS))
    database.execute(f"create table records(id integer primary key, reference, updated, {columns})")
    for number, entry in enumerate(entries):
        texts = [getattr(entry, name) for name in TEXTS]
        values = [_cell(entry, name) for name in FACETS]
        row = (number, entry.reference, entry.updated, *texts, *values)
        database.execute(f"insert into records values({','.join('?' * len(row))})", row)
    for name in SINGLE:
        database.execute(f"create index by_{name} on records({name})")
    names = ", ".join(TEXTS)
    database.execute(
        f"create virtual table records_fts using fts5({names}, content='records', "
        "content_rowid='id', tokenize='porter unicode61')"
    )
    database.execute("insert into records_fts(records_fts) values('rebuild')")
    database.execute("insert into records_fts(records_fts) values('optimize')")
    database.execute("analyze")
    database.commit()
    database.close()


def _cell(entry: Entry, name: str) -> str | None:
    values = list(entry.facets.get(name, ()))
    if name in MULTIPLE:
        return json.dumps(values)
    return values[0] if values else None


@contextmanager
def serving_register(instance: Path, workers: int = 1, threads: int = THREADS) -> Iterator[int]:
    """Serve an instance by the command that serves it in earnest; yield the port."""
    port = _free_port()
    command = [sys.executable, "-c", CLI, "serve", "--port", str(port)]
    with _running(command, port, environment(instance, workers, threads)):
        yield port


@contextmanager
def serving_nothing() -> Iterator[int]:
    """Serve an empty page under the settings of our server; yield the port."""
    port = _free_port()
    settings = ["--config", "python:register.cli.web_server", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *settings, "--workers", "1"]
    command += ["--threads", str(THREADS), "bench.empty:application"]
    with _running(command, port, dict(os.environ)):
        yield port


@contextmanager
def serving_datasette(path: Path) -> Iterator[int]:
    """Serve a file by Datasette; no facet may be left out because it takes long. Yield the port."""
    port = _free_port()
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "--port", str(port)]
    for name, value in (
        ("facet_time_limit_ms", "20000"),
        ("sql_time_limit_ms", "20000"),
        ("suggest_facets", "off"),
        ("num_sql_threads", str(THREADS)),
        ("default_facet_size", "1000"),
        ("truncate_cells_html", "240"),
    ):
        command += ["--setting", name, value]
    with _running(command, port, dict(os.environ)):
        yield port


@contextmanager
def _running(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
