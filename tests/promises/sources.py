"""The project's own files, for promises that are kept by reading them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE_ELSEWHERE = {".git", ".venv", "node_modules", "instance", "fonts"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is part of the project, whether git knows it already or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode().split("\0")
        paths = [ROOT / name for name in names if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not MADE_ELSEWHERE & set(p.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def texts(suffixes: frozenset[str] | None = None) -> Iterator[tuple[str, str]]:
    """Path from the root, and text, of every file that is text."""
    for path in project_files():
        if suffixes is None or path.suffix in suffixes:
            try:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Path from the root, and syntax, of every Python file in these folders."""
    for name, text in texts(frozenset({".py"})):
        if name.startswith(folders):
            yield name, ast.parse(text)


def imported_names(module: ast.Module) -> set[str]:
    """Everything that a module imports, as ``package.module`` and ``package.module.name``."""
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def called_names(module: ast.Module) -> set[str]:
    """The last names of everything that a module calls: ``index.drain()`` gives ``drain``."""
    called = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                called.add(node.func.attr)
            elif isinstance(node.func, ast.Name):
                called.add(node.func.id)
    return called
