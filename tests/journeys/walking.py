"""A walk along every door that is open to everybody, with all that an address can say."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from register import clock
from register.web.guard import EVERYBODY
from tests.journeys.scene import Scene

QUERIES = (
    "",
    "?as_of={today}",
    "?from=1&to=2",
    "?q=supplier",
    "?agency=city",
    "?nonsense=1",
    "?format=omb-2025",
    "?format=omb-2025&file=losses",
    "?format=table&file=xlsx",
)
ZIPPED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
Found = tuple[str, set[str]]


def public_rules(app: Flask) -> list[Rule]:
    """The routes that anybody may get."""
    return [rule for rule in app.url_map.iter_rules() if _is_public(app, rule)]


def closed_rules(app: Flask) -> list[Rule]:
    """The routes that one has to sign in for."""
    return [rule for rule in app.url_map.iter_rules() if not _is_public(app, rule)]


def addresses(rule: Rule, scene: Scene) -> Iterator[str]:
    """Every address of a route that could show anything of the scene."""
    values = [_values(name, rule, scene) for name in sorted(rule.arguments)]
    for chosen in product(*values):
        built = rule.build(dict(zip(sorted(rule.arguments), chosen, strict=True)))
        assert built is not None
        yield built[1]


def findings(scene: Scene) -> Iterator[Found]:
    """The places whose markers show at some door, with the door; nothing if all is well."""
    client = scene.town.app.test_client()
    today = clock.today().isoformat()
    for rule in public_rules(scene.town.app):
        for address, query, prefix in product(addresses(rule, scene), QUERIES, ("", "/ur")):
            if prefix and query and rule.rule.startswith("/api/") | ("." in rule.rule):
                continue  # data are the same in every language
            door = prefix + address + query.format(today=today)
            yield door, scene.marks.found_in(answer(client, door))


def leaks(found: Iterator[Found]) -> dict[str, set[str]]:
    """The doors at which anything shows, with what does."""
    return {door: places for door, places in found if places}


def answer(client: FlaskClient, door: str) -> bytes:
    """All that comes back: status, headers and body."""
    came = client.get(door, buffered=True)
    assert came.status_code < 500, door
    headers = "\n".join(f"{name}: {value}" for name, value in came.headers)
    return headers.encode() + b"\n" + came.get_data() + _unpacked(came.get_data())


def _unpacked(body: bytes) -> bytes:
    """What is in a body that is an archive, such as a workbook."""
    if not body.startswith(b"PK"):
        return b""
    with ZipFile(BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def in_files(scene: Scene) -> Iterator[Found]:
    """The places whose markers stand in a file of the index, also where it is compressed."""
    folder: Path = scene.town.app.extensions["register.settings"].index_folder
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            for body in (raw, raw.decode("utf-16-le", "replace").encode(), *_unzipped(raw)):
                yield path.name, scene.marks.found_in(body)


def _unzipped(raw: bytes) -> Iterator[bytes]:
    for match in ZIPPED.finditer(raw):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(raw[match.start() :])


def _is_public(app: Flask, rule: Rule) -> bool:
    audience: Any = getattr(app.view_functions[rule.endpoint], "audience", frozenset())
    return "GET" in (rule.methods or ()) and EVERYBODY in audience


def _values(name: str, rule: Rule, scene: Scene) -> tuple[Any, ...]:
    """What to put for a part of an address. A part without a name here has to be given one."""
    is_number = f"<int:{name}>" in rule.rule
    known: dict[str, tuple[Any, ...]] = {
        "reference": (*scene.references.values(), "AIR-1999-00001"),
        "version": (1, 2, 3) if is_number else ("v1", "v9"),
        "slug": ("city", "harbour", "nowhere"),
        "token": ("x",),
        "name": ("omb-2025", "nowhere-1.0"),
    }
    return known[name]
