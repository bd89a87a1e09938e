"""The items of Annex VIII that are made of several answers of a record, each as a text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from register.exchange.cells.values import ValueMap, fold
from register.exchange.cells.writers import pick
from register.exchange.mapping import Record

_ENDED = "No longer placed on the market or in service"
_IN_SERVICE = "On the market or in service"
STATUS = ValueMap(
    {_IN_SERVICE: "in_use", _ENDED: "retired", "Recalled": ""},
    nearest={"pilot": _IN_SERVICE, "suspended": _ENDED, "cancelled": _ENDED},
)
MEMBER_STATES = (
    *("Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czechia", "Denmark", "Estonia"),
    *("Finland", "France", "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia"),
    *("Lithuania", "Luxembourg", "Malta", "Netherlands", "Poland", "Portugal", "Romania"),
    *("Slovakia", "Slovenia", "Spain", "Sweden"),
)
_OTHER_NAMES = {"the netherlands": "Netherlands", "czech republic": "Czechia"}
_STATES = {fold(name): name for name in MEMBER_STATES} | _OTHER_NAMES
# Whoever builds a system, or has it built and uses it under its own name, is its provider.
_BUILT = frozenset({"in_house", "contracted", "mixed", "open_source"})
_DATABASE = ("eu-database", "eu database", "eu ai database")


def provider(record: Record) -> str:
    """Name the provider: the body itself, or whoever supplied what it bought."""
    answers = record["answers"]
    if answers.get("development_method") in _BUILT:
        return deployer(record)
    suppliers = answers.get("suppliers") or ()
    return _lines(
        ", ".join(filter(None, (each.get("name"), each.get("id"), each.get("country"))))
        for each in suppliers
    )


def deployer(record: Record) -> str:
    """Name the body that uses the system, with every way to reach it."""
    languages = _languages(record)
    contact = record["answers"].get("contact_point") or {}
    ways = (pick(contact.get(way), languages) for way in ("postal", "email", "form_url", "phone"))
    return _lines((pick(record["agency"]["name"], languages), *ways))


def trade_name(record: Record) -> str:
    """Give the system's name in each of its languages, and the numbers by which it is found."""
    answers = record["answers"]
    names = dict.fromkeys((answers.get("name") or {}).values())
    others = (f"{each.get('scheme')}: {each.get('id')}" for each in _items(record, "external_ids"))
    return _lines((" / ".join(names), record["reference"], *others))


def data_and_logic(record: Record) -> str:
    """Say which data a system uses, and how it works."""
    languages = _languages(record)
    data = (
        ": ".join(filter(None, (pick(each.get(part), languages) for part in _SAID_OF_DATA)))
        for each in _items(record, "data_sources")
    )
    return _lines((*data, pick(record["answers"].get("how_it_works"), languages)))


_SAID_OF_DATA = ("name", "description")


def number_of(record: Record, kind: str) -> str:
    """Give the number, the issuer and the last day of each paper of a kind."""
    return _lines(
        ", ".join(filter(None, (each.get("id"), each.get("issuer"), each.get("expires"))))
        for each in _of_kind(record, kind)
    )


def copy_of(record: Record, kind: str) -> str:
    """Give the web address of each paper of a kind."""
    return _lines(each.get("url") for each in _of_kind(record, kind))


def member_states(record: Record) -> str:
    """Name those of the places where a system is used that are Member States."""
    found = (_STATES.get(fold(place)) for place in record["answers"].get("territory") or ())
    return "; ".join(dict.fromkeys(filter(None, found)))


def entry_in_database(record: Record) -> str:
    """Give the address of the provider's own entry, or its number there."""
    entries = _items(record, "external_ids")
    found = [each for each in entries if fold(each.get("scheme") or "").startswith(_DATABASE)]
    return _lines(each.get("url") or each.get("id") for each in found)


def findings(record: Record, kind: str) -> str:
    """Give the findings of the impact assessments of a kind, or where they can be read."""
    languages = _languages(record)
    return _lines(
        _lines((pick(each.get("summary"), languages), each.get("url")))
        for each in _items(record, "impact_assessments")
        if each.get("type") == kind
    )


def _items(record: Record, name: str) -> Sequence[Mapping[str, Any]]:
    return record["answers"].get(name) or ()


def _of_kind(record: Record, kind: str) -> list[Mapping[str, Any]]:
    return [each for each in _items(record, "authorisations") if each.get("kind") == kind]


def _languages(record: Record) -> Sequence[str]:
    return ("en", *record["answers"].get("languages", ()))


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)
