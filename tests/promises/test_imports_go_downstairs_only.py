"""Floors import only from floors below, and each library has one owner."""

import subprocess
import sys
from pathlib import Path

from tests.promises.sources import ROOT

LINTER = Path(sys.executable).parent / "lint-imports"


def test_imports_go_downstairs_only_and_each_library_has_one_owner() -> None:
    run = subprocess.run(
        [LINTER, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_no_contract_is_silenced_in_a_comment() -> None:
    settings = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    floors = settings.partition("[importlinter:contract:floors]")[2].partition("\n[")[0]

    ignored = floors.partition("ignore_imports =")[2].partition("unmatched")[0].split("\n")

    # The command line starts the application; that is the only way up.
    assert {line.strip() for line in ignored if line.strip()} == {
        "register.cli -> register",
        "register.cli.* -> register",
    }
