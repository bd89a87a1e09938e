"""The register as it is in service: its own web server and drainer, and a real browser before it.

The browser is Chromium. Without one these tests are skipped, unless REGISTER_REQUIRE_BROWSER is
set. REGISTER_TEST_BROWSER names one that is not on the path.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from register import config
from tests.browser.service import Service, fill_register
from tests.browser.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MEASURED = "seconds from publish to found"
SERVE = "from register.cli import main; main()"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long it took until what was published was found."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    for report in reports:
        for name, value in report.user_properties:
            if name == MEASURED and report.when == "call":
                terminalreporter.write_line(f"{value:.2f} {name}: {report.nodeid}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    given = os.environ.get("REGISTER_TEST_BROWSER", "")
    found = next(filter(None, map(shutil.which, (given, *NAMES))), None)
    if found is None:
        message = f"no browser was found; any of these will do: {', '.join(NAMES)}"
        if os.environ.get("REGISTER_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Service]:
    """The sample register, served by the command that serves it in production."""
    folder = tmp_path_factory.mktemp("served")
    references = fill_register(folder)
    # One proxy stands in front: tries to sign in are counted by the address that it tells.
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")},
        "REGISTER_INSTANCE": str(folder),
        "REGISTER_PROXIES": "1",
        "PYTHONUNBUFFERED": "1",
    }
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--port", "0"],
            cwd=config.ROOT,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        made = Service(base=_address(process, log), references=references, log=log)
        made.wait_until_ready()
        yield made
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def visitor(browser: Browser, service: Service) -> Iterator[Visitor]:
    """Whoever sits before the browser; signs in once for each role."""
    made = Visitor(browser, service)
    yield made
    made.close()


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait for the line that says where it is served."""
    while process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if found:
            return found[0]
    raise AssertionError(f"the register was not served: {log.read_text('utf-8')}")
