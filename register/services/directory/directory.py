"""The directory of public bodies: reading it, and taking it in from a file."""

import re
import unicodedata

from register import clock
from register.services.directory.directory_file import read_agencies
from register.services.directory.directory_import import Order, import_agencies, take_in
from register.services.past import AsOf
from register.standard.publication import Body
from register.storage import agencies, directory_history, publications

__all__ = [
    "Order",
    "get_body",
    "import_agencies",
    "list_bodies",
    "published_counts",
    "read_agencies",
    "sectors",
    "slug_of",
    "system_counts",
    "take_in",
]


def list_bodies() -> list[Body]:
    """Give every body in the directory, by slug."""
    return [agencies.body_of(agency) for agency in agencies.list_agencies()]


def sectors(as_of: AsOf) -> frozenset[str]:
    """Name the sectors in which a body of the directory stands now, or stood then."""
    past = directory_history.load()
    then = past.all_before(as_of.before or clock.end_of(as_of.day))
    return frozenset(body.sector for body in (*then.values(), *list_bodies()))


def get_body(slug: str) -> Body:
    """Give one body; raise :exc:`NotFound` if there is none."""
    return agencies.body_of(agencies.get_agency(slug))


def published_counts() -> dict[str, int]:
    """Tell how many published disclosures each body has, by slug."""
    return publications.count_published_by_agency()


def system_counts() -> dict[str, int]:
    """Tell how many published disclosures each body has that are no nil returns, by slug."""
    return publications.count_published_by_agency(with_nil_returns=False)


def slug_of(name: str) -> str:
    """Make a slug from a name: ``Ministry of Health`` gives ``ministry-of-health``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-")
