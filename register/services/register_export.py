"""The whole public register in the format register-1: a line a disclosure, with all its versions.

Only what the public presenter gives goes out, of every version. Two exports of the same content are
the same, byte for byte, also from two instances and from two kinds of database.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from register.exchange.register_1 import REGISTER_1
from register.exchange.register_1_shapes import VERSION, written_moment
from register.schemas import present, present_body
from register.services.exports import as_json
from register.standard.publication import Body, Publication
from register.storage import agencies, publications

GENERATOR = "ai-register"


def lines(before: datetime | None = None) -> Iterator[str]:
    """Give the register line by line, in constant memory.

    ``before`` leaves out every version made public at that moment or later; the directory is given
    as it is now.
    """
    histories = publications.list_histories(before)
    bodies = _parents_first([agencies.body_of(each) for each in agencies.list_agencies()])
    header = {
        "format": REGISTER_1.name,
        "generator": GENERATOR,
        "standards": publications.list_standards(before),
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
    return {key: shown.get(key) for key in VERSION}


def _parents_first(bodies: Iterable[Body]) -> list[Body]:
    """Put the directory into an order in which each body comes after the one above it."""
    by_slug = {each.slug: each for each in bodies}

    def depth(body: Body) -> int:
        steps = 0
        while body.parent is not None and steps < len(by_slug):
            body, steps = by_slug[body.parent], steps + 1
        return steps

    return sorted(by_slug.values(), key=lambda each: (depth(each), each.slug))
