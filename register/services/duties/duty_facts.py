"""The facts on which duties rest, as the register knew them at the end of a day.

A system is what the ledger knows under one matter, together with the disclosure that was begun in
it, or else a disclosure alone. Where the ledger knew of it first its key is the matter, otherwise
the reference: neither ever changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from register import clock
from register.services.past import AsOf
from register.standard.obligations import (
    AgencyFacts,
    NilReturn,
    Stance,
    StandingKind,
    Statement,
    SystemFacts,
    Version,
)
from register.standard.publication import Body
from register.storage import directory_history, duties, standings
from register.storage.duties import PublishedRow, StatedRow, WithheldRow
from register.storage.models import Standing

NIL = "nil_return"
DAY_OF_USE = "in_use_since"


@dataclass(frozen=True)
class Known:
    """An agency as the directory had it on a day, and what was known of its duties then."""

    body: Body
    facts: AgencyFacts


def list_known(as_of: AsOf, slug: str | None = None) -> list[Known]:
    """Give every agency, or the one of this slug, with what was known of it then."""
    before = as_of.before or clock.end_of(as_of.day)
    listed = duties.list_agencies(before, slug)
    one = listed[0] if slug is not None and listed else None
    only = one.id if one else None
    stances = defaultdict[int, list[Stance]](list)
    for standing in standings.list_standings(one, before):
        stances[standing.agency_id].append(stance_of(standing))
    published = defaultdict[int, list[PublishedRow]](list)
    for row in duties.list_published(before, only):
        published[row.agency_id].append(row)
    stated = defaultdict[int, list[StatedRow]](list)
    for entry in duties.list_stated(before, only):
        stated[entry.agency_id].append(entry)
    withheld = _withheld(duties.list_withholders(DAY_OF_USE, only))
    past = directory_history.load(None if only is None else {only})
    return [
        Known(
            body=past.before(agency.id, before),
            facts=AgencyFacts(
                agency=agency.slug,
                stances=stances[agency.id],
                systems=tuple(_systems(published[agency.id], stated[agency.id], withheld)),
                nil_returns=tuple(_nil_returns(published[agency.id])),
            ),
        )
        for agency in listed
    ]


def stance_of(standing: Standing) -> Stance:
    """Give an entry about an agency as the rules read it."""
    return Stance(
        kind=StandingKind(standing.kind),
        noted_on=_day(standing.at),
        from_on=standing.from_on,
        until_on=standing.until_on,
        duty=standing.duty,
        ground=standing.ground,
    )


@dataclass(frozen=True)
class _Withheld:
    """What a disclosure withholds of its first day of use: what was said after ``told_at``.

    Until then everything was public, also to reckon with: nothing of that is a secret any more.
    ``told_at`` is ``None`` where not even the first version told the day.
    """

    disclosure_id: int
    matter: int | None
    begun_at: datetime
    told_at: datetime | None = None
    told_version: int = 0

    @classmethod
    def of(cls, rows: Sequence[WithheldRow]) -> "_Withheld":
        """Read the versions of a disclosure up to the first that withholds the day."""
        found = cls(rows[0].disclosure_id, rows[0].matter, rows[0].begun_at)
        for row in rows:
            if row.version is None or row.is_withheld:
                break
            found = replace(found, told_at=row.at, told_version=row.version)
        return found

    def hides(self, said: StatedRow | PublishedRow) -> bool:
        """Tell whether the day that was said is withheld.

        What the ledger notes of a version is noted a moment after that.
        """
        if isinstance(said, StatedRow) and said.version is not None:
            return said.version > self.told_version
        return self.told_at is None or said.at > self.told_at


def _withheld(rows: Sequence[WithheldRow]) -> list[_Withheld]:
    by_disclosure = defaultdict[int, list[WithheldRow]](list)
    for row in rows:
        by_disclosure[row.disclosure_id].append(row)
    return [_Withheld.of(listed) for listed in by_disclosure.values()]


def _systems(
    published: Sequence[PublishedRow],
    stated: Sequence[StatedRow],
    withheld: Sequence[_Withheld],
) -> Iterator[SystemFacts]:
    """Give the systems: those of the ledger in its order, then those that it does not know."""
    versions = defaultdict[int, list[PublishedRow]](list)
    for row in published:
        if row.record_kind != NIL:
            versions[row.disclosure_id].append(row)
    begun = {rows[0].matter: number for number, rows in versions.items() if rows[0].matter}
    hidden = {each.disclosure_id: each for each in withheld}
    hidden_matters = {each.matter: each for each in withheld if each.matter is not None}
    matters = defaultdict[int, list[StatedRow]](list)
    of_disclosure: dict[int, int] = {}
    for entry in stated:
        matter = entry.matter or entry.id
        if entry.disclosure_id is not None:
            matter = of_disclosure.setdefault(entry.disclosure_id, matter)
        matters[matter].append(entry)
    for matter, entries in matters.items():
        named = (entry.disclosure_id for entry in entries if entry.disclosure_id)
        number = begun.get(matter) or next(named, 0)
        hiding = hidden_matters.get(matter) or hidden.get(number)
        yield _system(str(matter), entries, versions.pop(number, []), hiding)
    for number, rows in versions.items():
        yield _system(rows[0].reference, [], rows, hidden.get(number))


def _system(
    matter: str,
    entries: Sequence[StatedRow],
    rows: Sequence[PublishedRow],
    hiding: _Withheld | None,
) -> SystemFacts:
    is_older = bool(rows) and not (entries and entries[0].at < rows[0].at)
    return SystemFacts(
        key=rows[0].reference if is_older else matter,
        reference=rows[0].reference if rows else "",
        statements=_statements(entries, rows, hiding),
        versions=tuple(_version(row) for row in rows),
        begun_on=_day(hiding.begun_at) if hiding and hiding.told_at is None else None,
    )


def _statements(
    entries: Sequence[StatedRow], rows: Sequence[PublishedRow], hiding: _Withheld | None
) -> tuple[Statement, ...]:
    """Give what the ledger and what the versions say; a version leaves open whether it must."""
    said: list[StatedRow | PublishedRow] = [*entries]
    said += [row for row in rows if not row.is_withdrawal]
    statements: list[Statement] = []
    for each in sorted(said, key=lambda one: one.at):
        must = statements[-1].must if statements else True
        statements.append(
            Statement(
                on=_day(each.at),
                must=each.must if isinstance(each, StatedRow) else must,
                tier=each.tier,
                phase=each.phase,
                in_use_since=each.in_use_since,
                is_day_withheld=hiding is not None and hiding.hides(each),
            )
        )
    return tuple(statements)


def _version(row: PublishedRow) -> Version:
    return Version(
        on=_day(row.at),
        is_withdrawal=row.is_withdrawal,
        review_due=_date(row.review_due),
        phase=row.phase,
    )


def _nil_returns(published: Sequence[PublishedRow]) -> Iterator[NilReturn]:
    """Give each time in which a disclosure said that there is nothing to report."""
    by_disclosure = defaultdict[int, list[PublishedRow]](list)
    for row in published:
        by_disclosure[row.disclosure_id].append(row)
    for rows in by_disclosure.values():
        since = None
        for row in rows:
            is_nil = row.record_kind == NIL and not row.is_withdrawal
            if is_nil:
                since = since or row
            elif since is not None:
                yield NilReturn(
                    period=since.period or "", on=_day(since.at), withdrawn_on=_day(row.at)
                )
                since = None
        if since is not None:
            yield NilReturn(period=since.period or "", on=_day(since.at))


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
