"""Which segments of an index become one, and when.

A commit writes a small segment, and each segment costs every search a little. So ten of a size
become one of the next, as long as that is quick: a drain never writes a large segment anew. That,
and forgetting what was deleted, is done when nothing else is to do, and gives way when there is.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from whoosh.reading import SegmentReader

#: How many segments of a size are left to be.
MERGED_AT = 10
#: A segment of this many documents is large, and so is what a drain may write anew at once.
LARGE = 150

_LOOK_EVERY = 0.1  # seconds

_Item = TypeVar("_Item")


class GaveWay(Exception):
    """Something more urgent came up; nothing was changed."""


def choose(sizes: Sequence[int]) -> list[int]:
    """Give the places of the segments that the next commit merges, by their numbers of documents.

    They are of one size, the same number of digits, and together not large.
    """
    for digits in range(1, len(str(LARGE)) + 1):
        places = [place for place, size in enumerate(sizes) if len(str(size)) == digits]
        if len(places) >= MERGED_AT:
            places.sort(key=lambda place: sizes[place])
            while sum(sizes[place] for place in places) >= LARGE:
                places.pop()
            if len(places) > 1:
                return sorted(places)
    return []


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge small segments into what ``writer`` writes; give the others: a Whoosh merge type."""
    chosen = set(choose([segment.doc_count_all() for segment in segments]))
    for place in sorted(chosen):
        _add(writer, segments[place], lambda items: items)
    return [segment for place, segment in enumerate(segments) if place not in chosen]


def merge_all(give_way: Callable[[], bool]) -> Callable[[Any, list[Any]], list[Any]]:
    """Give a Whoosh merge type that makes one segment of all, or raises :exc:`GaveWay`."""
    look_after = time.monotonic() + _LOOK_EVERY

    def watched(items: Iterable[_Item]) -> Iterator[_Item]:
        nonlocal look_after
        for item in items:
            if time.monotonic() >= look_after:
                if give_way():
                    raise GaveWay
                look_after = time.monotonic() + _LOOK_EVERY
            yield item

    def merge(writer: Any, segments: list[Any]) -> list[Any]:
        for segment in segments:
            _add(writer, segment, watched)
        sorted_postings = writer.pool.iter_postings
        writer.pool.iter_postings = lambda: watched(sorted_postings())
        return []

    return merge


def _add(writer: Any, segment: Any, watched: Callable[[Iterable[Any]], Iterable[Any]]) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    documents, postings = reader.iter_docs, reader.iter_postings
    reader.iter_docs = lambda: watched(documents())
    reader.iter_postings = lambda: watched(postings())
    try:
        writer.add_reader(reader)
    finally:
        reader.close()
