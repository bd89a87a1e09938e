"""What the public reads of each version, made once and kept as text, since no version changes.

The text leaves two places open: the register's own address, and the agency, which may be shown as
it is now or as it was. It is made by the presenter, like everything that the public reads, and
bears the mark of the whole code: what other code made is not looked at, so that nothing is ever
read that this code would hide. Publishing does not wait for it; what has no text yet is presented
on the spot.
"""

import json
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from register.schemas import present, present_body
from register.services.code import code_print
from register.standard.publication import Body, Publication
from register.storage import agencies, directory_history, presentations, publications
from register.storage import forget as look_anew

BATCH = 200
LOOK_AGAIN = 600.0  # seconds until all versions are looked at, not only the new ones
_OPEN = b"\n"  # no JSON that the register writes has a line break in it
#: Told how much is done, of how much.
Progress = Callable[[int, int], object]


def as_json(value: Any) -> str:
    """Write JSON the one way in which the register writes it: compact, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def iterate_lines(
    base_url: str = "", before: datetime | None = None, *, with_withdrawn: bool = True
) -> Iterator[list[bytes]]:
    """Give what the public reads of each disclosure as JSON, by reference, some at a time.

    With ``before`` it is the register as it was just before that moment: the versions that were the
    current ones, and the bodies as the directory had them.
    """
    bodies = {number: _written(present_body(body)) for number, body in _bodies(before).items()}
    address = _written(base_url)[1:-1]
    for batch in presentations.iterate_shown(
        code_print(), before, with_withdrawn=with_withdrawn, batch=BATCH
    ):
        made = _made({number for _agency, number, text in batch if text is None})
        yield [
            _closed(text or made[number], address, bodies[agency_id])
            for agency_id, number, text in batch
        ]


def keep_all(progress: Progress = lambda done, total: None) -> int:
    """Make the text of every version that has none by this code; tell of how many."""
    keeper, done, total = Keeper(), 0, presentations.count_missing(code_print())
    while count := keeper.keep_some():
        done += count
        progress(done, max(done, total))
    return done


def forget(revision_ids: Collection[int]) -> None:
    """Forget the texts of versions, as a part of the transaction that erases what they say.

    Whatever was given out as a file that was kept is not given out again.
    """
    presentations.forget(revision_ids)


class Keeper:
    """Makes texts, some at a time, and knows up to where there are some."""

    def __init__(self) -> None:
        """Begin with looking at all versions."""
        self._seen = 0
        self._forgotten = -1
        self._looked_at = 0.0

    def keep_some(self) -> int:
        """Make the next texts that are missing; tell of how many, which takes no time if none is.

        A version may have become public after one with a larger number: so all are looked at
        again from time to time.
        """
        look_anew()
        forgotten = presentations.count_forgotten()
        is_time = time.monotonic() - self._looked_at > LOOK_AGAIN
        if forgotten != self._forgotten or is_time:
            self._seen, self._forgotten, self._looked_at = 0, forgotten, time.monotonic()
        if presentations.newest_revision() <= self._seen:
            return 0
        missing = presentations.list_missing(code_print(), self._seen, BATCH)
        if not missing:
            self._seen = presentations.newest_revision()
            return 0
        if presentations.put(_made(missing), code_print(), forgotten=forgotten):
            self._seen = missing[-1]
        return len(missing)


def _bodies(before: datetime | None) -> dict[int, Body]:
    if before is not None:
        return directory_history.load().all_before(before)
    return {each.id: agencies.body_of(each) for each in agencies.list_agencies()}


def _made(revision_ids: Collection[int]) -> dict[int, bytes]:
    """Present versions of which no text is kept."""
    if not revision_ids:
        return {}
    found = publications.map_by_revision(revision_ids)
    publications.let_go()
    return {number: _opened(publication) for number, publication in found.items()}


def _opened(publication: Publication) -> bytes:
    """Present a version as the current one, with places left open for address and agency."""
    shown = list(present(replace(publication, is_current=True)).items())
    names = [name for name, _value in shown]
    url, agency = names.index("url"), names.index("agency")
    before, between, after = shown[:url], shown[url + 1 : agency], shown[agency + 1 :]
    return _OPEN.join(
        (
            _written(dict(before))[:-1] + b',"url":"',
            _written(shown[url][1])[1:] + b"," + _written(dict(between))[1:-1] + b',"agency":',
            b"," + _written(dict(after))[1:],
        )
    )


def _closed(text: bytes, address: bytes, agency: bytes) -> bytes:
    first, middle, last = text.split(_OPEN)
    return b"".join((first, address, middle, agency, last))


def _written(value: Any) -> bytes:
    return as_json(value).encode()
