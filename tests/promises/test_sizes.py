"""Small enough to read: functions of at most 40 lines, files of at most 300."""

import ast

from tests.promises.sources import modules, texts

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
FOLDERS = ("register/", "tools/", "bench/", "tests/")


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{name}: {node.name} has {length} lines"
        for name, module in modules(*FOLDERS)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [
        f"{name} has {length} lines"
        for name, text in texts(frozenset({".py", ".html", ".sh", ".js"}))
        if name.startswith((*FOLDERS, "templates/", "static/"))
        and (length := len(text.splitlines())) > LONGEST_FILE
    ]

    assert long == []
