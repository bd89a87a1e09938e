"""Trying the links of what is published. Only the command line does this, never a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from register.links import LeftAlone, Pace, Visitor, paced
from register.schemas.quality import traces_of
from register.standard import get_standard
from register.storage import links as storage
from register.storage import publications

#: Told how many links were tried, and how many there are to try.
Progress = Callable[[int, int], None]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Report:
    """How a round went: ``put_off`` counts links that lead to a host which asked to be left."""

    tried: int
    failed: int
    broken: int
    put_off: int


def check_links(
    visitor: Visitor,
    pace: Pace,
    *,
    limit: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Try the links that anybody may read, those first that were not tried for longest."""
    due = _due()[:limit]
    tried, failed, broken, put_off = 0, 0, 0, 0
    for url in paced(due):
        try:
            outcome = visitor.try_link(url, pace.wait_for)
        except LeftAlone:
            put_off += 1
            continue
        pace.leave_alone(outcome.host, outcome.wait)
        tried += 1
        failed += not outcome.works
        broken += storage.note_try(url, works=outcome.works, said=outcome.said)
        progress(tried, len(due))
    return Report(tried=tried, failed=failed, broken=broken, put_off=put_off)


def _due() -> list[str]:
    """Give the links of the published records, and forget those that none has any more."""
    urls = {
        url
        for each in publications.iterate_published()
        for _field, url in traces_of(get_standard(each.standard), each.content).links
        if len(url) <= storage.LONGEST_URL
    }
    storage.drop_others(urls)
    checked = storage.map_checked()
    return sorted(urls, key=lambda url: (checked.get(url, _NEVER), url))
