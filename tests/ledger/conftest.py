"""A program that is not ours, built once, to judge what we computed.

It is written in Go, on the packages of Go's own checksum database; Debian has both. Without them
these tests are skipped, unless REGISTER_REQUIRE_GO is set.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "go" / "check.go"
PACKAGES = Path("/usr/share/gocode")
WANTED = "golang-go and golang-golang-x-mod-dev of Debian are needed to check the ledger with Go"

Judge = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def judged_by_go(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Call the program with arguments; it ends with 0 if it believes what it is shown."""
    if shutil.which("go") is None or not (PACKAGES / "src/golang.org/x/mod/sumdb").is_dir():
        if os.environ.get("REGISTER_REQUIRE_GO"):
            pytest.fail(WANTED)
        pytest.skip(WANTED)
    program = tmp_path_factory.mktemp("go") / "check"
    settings = {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": str(PACKAGES)}
    cache = {} if "HOME" in os.environ else {"GOCACHE": str(program.parent / "cache")}
    subprocess.run(
        ["go", "build", "-o", str(program), str(SOURCE)],
        env=os.environ | settings | cache,
        check=True,
    )

    def judge(*arguments: object) -> subprocess.CompletedProcess[str]:
        called = [str(program), *map(str, arguments)]
        return subprocess.run(called, capture_output=True, text=True, check=False)

    return judge
