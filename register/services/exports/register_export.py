"""The whole public register in the format register-1: a line a disclosure, with all its versions.

Only what the public presenter gives goes out, of every version. Two exports of the same content are
the same, byte for byte, also from two instances and from two kinds of database.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from register.exchange.own.register_1 import REGISTER_1
from register.exchange.own.register_1_shapes import VERSION, VERSION_MAY, written_moment
from register.schemas import present, present_body
from register.services.directory import directory
from register.services.exports.exports import as_json
from register.standard.publication import Body, Publication, depths_of
from register.storage import directory_history, past, publications

GENERATOR = "ai-register"


def lines(before: datetime | None = None) -> Iterator[str]:
    """Give the register line by line, in constant memory.

    ``before`` leaves out every version made public at that moment or later, and all that the
    directory has said since.
    """
    histories = past.list_histories(before)
    bodies = _bodies(before)
    depths = depths_of(bodies)
    bodies.sort(key=lambda body: (depths[body.slug], body.slug))  # each after the one above it
    header = {
        "format": REGISTER_1.name,
        "generator": GENERATOR,
        "standards": past.list_standards(before),
        "agencies": len(bodies),
        "disclosures": len(histories),
    }
    for each in (header, *map(present_body, bodies)):
        yield as_json(each) + "\n"
    latest = dict(histories)
    for reference, versions in publications.iterate_versions(list(latest)):
        yield as_json(history_json(versions[: latest[reference]])) + "\n"


def history_json(versions: Sequence[Publication]) -> dict[str, Any]:
    """Give a disclosure, of which there is at least one version, as the format has it."""
    first = versions[0]
    return {
        "reference": first.reference,
        "agency": first.body.slug,
        "period": first.period,
        "versions": [version_json(each) for each in versions],
    }


def version_json(publication: Publication) -> dict[str, Any]:
    """Give what the public may read of one version; its moment is exact."""
    shown = present(publication)
    shown["published_at"] = written_moment(publication.published_at)
    erased = {key: shown[key] for key in VERSION_MAY if key in shown}
    return {key: shown.get(key) for key in VERSION} | erased


def _bodies(before: datetime | None) -> list[Body]:
    """Give the directory as it was, with those of which something was public by then.

    These may have come into it only later, from another instance together with their histories.
    """
    if before is None:
        return directory.list_bodies()
    kept = directory_history.load()
    then = kept.all_before(before)
    by_slug = {body.slug: body for body in then.values()}
    wanted: set[str] = set()
    waiting = [then[each] for each in kept.known_before(before) | past.list_publishers(before)]
    while waiting:
        body = waiting.pop()
        wanted.add(body.slug)
        if body.parent is not None and body.parent not in wanted:
            waiting.append(by_slug[body.parent])
    return [by_slug[slug] for slug in wanted]
