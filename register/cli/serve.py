"""Serving: the web server and the drainers beside it, each a process, all ended together."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from register import config
from register.cli.instance import opened, say_accounts
from register.cli.speaking import complain, say
from register.cli.stopping import SERVED_BY
from register.config import Settings
from register.errors import Unavailable

LONGEST_PAUSE = 5.0  # seconds before a drainer that keeps failing is started again
LONG_ENOUGH = 60.0  # seconds after which a drainer is thought to have worked
PATIENCE = 15.0  # seconds until a process that was told to end is killed
TICK = 0.1
INDEX_DRAINER = ("index", "drain", "--watch")
IMPORT_DRAINER = ("drain-imports", "--watch")
SIGNER = ("ledger", "checkpoint", "--watch")
MAIL_DRAINER = ("drain-mail", "--watch")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Serve the register, and keep its search index current, until stopped."""
    with opened() as instance:
        settings = instance.settings
    listening = listen(host, port)
    address = address_of(listening, host)
    _say_what_is_served(settings, address)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    with listening:
        ctx.exit(run(settings, listening, address, stop))


def listen(host: str, port: int) -> socket.socket:
    """Give a listening socket; raise :exc:`Unavailable` with one sentence if that cannot be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _name, address = found[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise Unavailable(f"There is no address {host} on this machine.") from error
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise Unavailable(_why_not(error, host, port)) from error
    return listening


def address_of(listening: socket.socket, host: str) -> str:
    """Give the web address under which a person on this machine reaches the socket."""
    name = "127.0.0.1" if host in {"0.0.0.0", ""} else host  # noqa: S104
    return f"http://{f'[{name}]' if ':' in name else name}:{listening.getsockname()[1]}"


def run(settings: Settings, listening: socket.socket, address: str, stop: threading.Event) -> int:
    """Keep web server and drainers running until ``stop``; give the exit code."""
    environment = {
        **os.environ,
        "REGISTER_INSTANCE": str(settings.instance),
        SERVED_BY: str(os.getpid()),
    }
    if settings.base_url == Settings.base_url:
        environment["REGISTER_BASE_URL"] = address
    web = subprocess.Popen(  # noqa: S603 - our own command
        web_command(settings, listening), env=environment, pass_fds=[listening.fileno()]
    )
    drainers = [Drainer(environment, INDEX_DRAINER), Drainer(environment, IMPORT_DRAINER)]
    if settings.signer_folder is not None:
        drainers.append(Drainer(environment, SIGNER))
    if settings.mail_url:
        drainers.append(Drainer(environment, MAIL_DRAINER))
    try:
        while not stop.wait(TICK):
            if web.poll() is not None:
                complain("The web server ended; what it wrote above says why.")
                return 1
            for drainer in drainers:
                drainer.keep_running()
    finally:
        processes = [web, *(drainer.process for drainer in drainers)]
        end([process for process in processes if process is not None])
    return 0


def web_command(settings: Settings, listening: socket.socket) -> list[str]:
    """Give the command that serves on an open socket."""
    return [
        *(sys.executable, "-m", "gunicorn"),
        *("--config", "python:register.cli.web_server"),
        *("--chdir", str(config.ROOT)),
        *("--bind", f"fd://{listening.fileno()}"),
        *("--workers", str(settings.workers)),
        *("--threads", str(settings.threads)),
    ]


class Drainer:
    """A process that keeps the index current, imports, signs or sends; begun again if it ends.

    It ends on any exception, so that nothing is built on a broken index; if it keeps ending, the
    pause before the next start grows to five seconds.
    """

    def __init__(self, environment: dict[str, str], command: Sequence[str]) -> None:
        """Start ``command`` at the first :meth:`keep_running`."""
        self.process: subprocess.Popen[bytes] | None = None
        self._environment = environment
        self._command = command
        self._started_at = 0.0
        self._pause = 0.0
        self._start_after = 0.0

    def keep_running(self) -> None:
        """Start the process if it is not running and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            complain(f"The drainer ended with code {self.process.returncode}; it is started again.")
            lasted = now - self._started_at > LONG_ENOUGH
            self._pause = 0.5 if lasted else min(LONGEST_PAUSE, max(0.5, self._pause * 2))
            self._start_after = now + self._pause
            self.process = None
        if self.process is None and now >= self._start_after:
            command = [sys.executable, "-c", "from register.cli import main; main()"]
            command += self._command
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=self._environment, cwd=config.ROOT
            )
            self._started_at = now


def end(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask the processes to end, and kill those that take too long."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def database_of(settings: Settings) -> str:
    """Name the database without its password."""
    url = settings.database_url
    if url.startswith("sqlite"):
        return f"SQLite, {Path(url.removeprefix('sqlite:///'))}"
    parts = urlsplit(url)
    return f"PostgreSQL, {parts.path.lstrip('/')} on {parts.hostname or 'a local socket'}"


def _say_what_is_served(settings: Settings, address: str) -> None:
    say(f"Serving {settings.service_name.get('en', 'the register')} on {address}")
    say(f"  instance  {settings.instance}")
    say(f"  database  {database_of(settings)}")
    say(f"  search    {settings.search}, {settings.index_folder}")
    say(f"  server    {settings.workers} processes of {settings.threads} threads")
    say_accounts(settings.instance)
    say("Press Ctrl+C to stop.")
    sys.stdout.flush()


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"There is no address {host} on this machine."
    return f"Port {port} on {host} cannot be used: {error.strerror}."
