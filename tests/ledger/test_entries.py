"""Entries: one form for each, and nothing that does not belong."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import Invalid
from register.ledger import Entry, Event, Signer, canonical
from register.ledger.entries import logged_at_of, read_moment
from tests.ledger.log_in_memory import MORNING, ORIGIN, published

VKEY = Signer(ORIGIN, bytes(range(32))).vkey
HASH = "0f" * 32
MOMENTS: dict[str, Any] = {"at": MORNING, "logged_at": MORNING}
ONE_OF_EACH = [
    Entry(event=Event.LOG_OPEN, origin=ORIGIN, vkeys=(VKEY,), **MOMENTS),
    published(1),
    published(2, event=Event.AMEND, version=2),
    published(3, event=Event.WITHDRAW, version=3),
    Entry(event=Event.DETERMINE, determination=7, fields={"must": HASH}, **MOMENTS),
    Entry(
        event=Event.DETERMINE,
        determination=8,
        record="AIR-2026-00001",
        version=1,
        agency="water-board",
        fields={"must": HASH, "tier": HASH},
        **MOMENTS,
    ),
    Entry(event=Event.ERASE, basis="Section 9", targets=((1, "author"), (1, "name")), **MOMENTS),
    Entry(event=Event.KEY_ROTATE, vkeys=(VKEY, VKEY), **MOMENTS),
]


def altered(**changes: object) -> bytes:
    """The bytes of a publication with other keys; those that are ``...`` are left out."""
    value = json.loads(published(1).to_bytes()) | changes
    return canonical.encode({key: kept for key, kept in value.items() if kept is not ...})


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": ...},
        {"event": "delete"},
        {"event": ...},
        {"at": "2026-03-02"},
        {"at": "2026-03-02T08:01:00+00:00"},
        {"at": "2026-03-02T08:01:00.000000Z"},
        {"at": "2026-03-02T08:01:00.5Z"},
        {"at": "2026-02-30T08:01:00Z"},
        {"at": 5},
        {"logged_at": ...},
        {"record": ...},
        {"record": ""},
        {"record": 5},
        {"record": None},
        {"version": 0},
        {"version": "1"},
        {"version": True},
        {"agency": ...},
        {"standard": ...},
        {"fields": {}},
        {"fields": []},
        {"fields": {"answers.name": "x"}},
        {"fields": {"answers.name": "F" * 64}},
        {"fields": {"": HASH}},
        {"fields": {"answers.name": 5}},
        {"basis": "Section 9"},
        {"vkeys": [VKEY]},
        {"vkeys": []},
        {"targets": []},
        {"basis": None},
        {"determination": 5},
        {"unheard_of": 1},
    ],
)
def test_what_is_no_publication_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        Entry.parse(altered(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"targets": ()},
        {"targets": [[-1, "author"]]},
        {"targets": [["1", "author"]]},
        {"targets": [[1, ""]]},
        {"targets": [[1]]},
        {"targets": [[1, "author", 2]]},
        {"targets": 5},
        {"basis": ""},
        {"basis": ...},
        {"fields": {"must": HASH}},
    ],
)
def test_an_erasure_names_its_basis_and_what_it_took(changes: dict[str, object]) -> None:
    value = json.loads(ONE_OF_EACH[6].to_bytes()) | changes
    data = canonical.encode({key: kept for key, kept in value.items() if kept is not ...})

    with pytest.raises(Invalid):
        Entry.parse(data)


@pytest.mark.parametrize("data", [b"", b"[]", b"5", b"null", b'"v"', b"{}", b"\xff"])
def test_bytes_that_are_no_entry_are_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        Entry.parse(data)


def test_an_entry_written_in_another_way_is_refused() -> None:
    data = published(1).to_bytes()

    for other in (
        data.replace(b":", b": ", 1),
        data + b"\n",
        json.dumps(json.loads(data)).encode(),
    ):
        with pytest.raises(Invalid):
            Entry.parse(other)


def test_a_wrong_key_of_the_log_is_refused() -> None:
    with pytest.raises(Invalid, match="is no key"):
        Entry(event=Event.KEY_ROTATE, vkeys=(VKEY[:-1],), **MOMENTS)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="no time zone"):
        published(1, at=datetime(2026, 3, 2)).to_bytes()  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["2026-03-02T08:01:00.000000Z", "2026-03-02", "2026-13-02T08:01:00Z"]
)
def test_a_moment_that_we_would_write_otherwise_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="moment"):
        read_moment(text)


def test_an_entry_that_is_too_long_says_how_long_it_is() -> None:
    fields = {f"answers.field_{number}": HASH for number in range(1000)}

    with pytest.raises(Invalid, match="at most 65,535 bytes, and this one has 87,"):
        published(1, fields=fields).to_bytes()


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda entry: entry.event.value)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    assert Entry.parse(entry.to_bytes()) == entry


@pytest.mark.parametrize("says", [b"{}", b'{"logged_at":5}', b'{"logged_at":"yesterday"}'])
def test_when_it_was_logged_is_not_read_where_no_entry_says_so(says: bytes) -> None:
    with pytest.raises(Invalid):
        logged_at_of(says)


@pytest.mark.parametrize(
    "sly", ['"logged_at":"2001-01-01T00:00:00Z"', '\\"logged_at":"2001-01-01T00:00:00Z"']
)
def test_when_it_was_logged_is_read_whatever_its_texts_say(sly: str) -> None:
    fields = {"logged_at": HASH, sly: HASH}
    entry = published(1, fields=fields, record=sly, standard=sly, agency=sly)

    assert logged_at_of(entry.to_bytes()) == entry.logged_at
    assert entry.logged_at > datetime(2001, 1, 1, tzinfo=UTC)


def test_an_entry_is_canonical_json_with_nothing_that_does_not_apply() -> None:
    assert published(1, fields={"answers.name": HASH}).to_bytes().decode() == (
        '{"agency":"water-board","at":"2026-03-02T08:01:00Z","event":"publish",'
        '"fields":{"answers.name":"' + HASH + '"},"logged_at":"2026-03-02T08:01:00Z",'
        '"record":"AIR-2026-00001","standard":"v1","v":1,"version":1}'
    )


@given(st.datetimes(min_value=datetime(1000, 1, 2)), st.integers(-23, 23))  # noqa: DTZ001
def test_a_moment_is_kept_exactly(moment: datetime, hours: int) -> None:
    elsewhere = moment.replace(tzinfo=timezone(timedelta(hours=hours)))

    entry = Entry.parse(published(1, at=elsewhere).to_bytes())

    assert entry.at == elsewhere
    assert entry.at.tzinfo == UTC
