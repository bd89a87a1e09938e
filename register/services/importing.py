"""Taking in the inventory of another register, a row of its file a disclosure.

An import may be repeated and may be killed: a row is known again by its agency, its format and its
key, so that only what changed in the source is written, in transactions of a hundred rows.
"""

import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from register.errors import Conflict, Invalid, Message, NotAllowed
from register.exchange import importing
from register.exchange.formats import get_format
from register.exchange.identity import identities
from register.exchange.mapping import Format
from register.exchange.register_1 import LineFormat
from register.exchange.result import AgencyHint, ImportedFile, ImportedRow, RejectedRow
from register.services import register_import
from register.services.actor import Actor
from register.services.import_agencies import AgencyFinder
from register.services.import_content import (
    content_of,
    hash_of,
    rejections_of,
    withheld_warning,
)
from register.services.import_report import Rejection, Report
from register.services.import_writing import Item, Origin, Outcome, Writer
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, events, imports, transaction

BATCH = 100
#: Told how many rows are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an import is asked to do. Without ``agency`` each row names its own.

    With ``is_published`` the rows are made public as they are; without, they become drafts that the
    agency's officers complete. A dry run writes nothing and reports the same.
    """

    file_name: str
    format_name: str
    by: Actor
    reference_prefix: str
    agency: str | None = None
    is_dry_run: bool = False
    is_published: bool = False
    progress: Progress = field(default=lambda done, total: None)


def import_file(data: bytes, order: Order) -> Report:
    """Take in a file, and report on every row of it.

    Raise :exc:`Invalid` if the file is not of this format, :exc:`NotFound` if there is no such
    format or agency, :exc:`Conflict` if the file was taken in for another agency before, and
    :exc:`NotAllowed` if the actor may not do this.
    """
    dialect = get_format(order.format_name)
    if isinstance(dialect, LineFormat):
        return register_import.import_register(io.BytesIO(data), order)
    _check_actor(order)
    if order.agency is not None:
        agencies.get_agency(order.agency)
    read = importing.import_file(data, dialect, file=order.file_name)
    return _Import(order, dialect, read, hashlib.sha256(data).hexdigest()).run()


def _check_actor(order: Order) -> None:
    by = order.by
    if by.role in {Role.ADMINISTRATOR, Role.SECRETARIAT}:
        return
    is_own = order.agency is not None and by.agency == order.agency
    if not is_own or order.is_published or by.role not in {Role.OFFICER, Role.APPROVER}:
        raise NotAllowed(_("You may import drafts for your own agency only."))


class _Import:
    """One run over one file."""

    def __init__(self, order: Order, dialect: Format, read: ImportedFile, file_hash: str) -> None:
        self._order = order
        self._dialect = dialect
        self._read = read
        self._finder = AgencyFinder()
        self._slugs = self._find_slugs()
        self._is_started = False
        self._used: set[str] = set()  # the agencies of rows that were fit to be taken in
        self._writer = Writer(
            Origin(dialect.name, order.file_name[:300], file_hash),
            order.by,
            reference_prefix=order.reference_prefix,
            is_published=order.is_published,
        )
        self._report = Report(
            format=dialect.name,
            file=order.file_name,
            sha256=file_hash,
            encoding=read.encoding,
            is_dry_run=order.is_dry_run,
            is_published=order.is_published,
            warnings=list(read.warnings),
            unmapped_columns=read.unmapped_columns,
            unmapped_values=read.unmapped_values,
            lossy=read.lossy,
        )

    def run(self) -> Report:
        """Take in all rows, a batch a transaction."""
        self._refuse_other_bodies()
        done, total = 0, len(self._read.rows)
        items = self._items()
        while batch := list(islice(items, BATCH)):
            self._take_in([item for item in batch if isinstance(item, Item)])
            done += len(batch)
            self._order.progress(done, total)
        self._report.agencies_created = [s for s in self._finder.new_slugs if s in self._used]
        if self._is_started:
            self._note("import_finished")
        return self._report

    def _find_slugs(self) -> dict[int, str]:
        """Find the agency of each row, by the row's number."""
        if self._order.agency is not None:
            return {row.number: self._order.agency for row in self._read.imported}
        hints: dict[int, AgencyHint] = {row.number: row.agency for row in self._read.imported}
        found = {number: self._finder.slug_for(hint) for number, hint in hints.items()}
        return {number: slug for number, slug in found.items() if slug}

    def _keys(self) -> dict[int, str]:
        """Give each row its key; an agency's rows have the same keys in whatever file they come."""
        by_agency: defaultdict[str, list[ImportedRow]] = defaultdict(list)
        for row in self._read.imported:
            if row.number in self._slugs:
                by_agency[self._slugs[row.number]].append(row)
        return {
            row.number: _within_limit(key)
            for slug, rows in by_agency.items()
            for row, key in zip(rows, identities(rows, agency=slug), strict=True)
        }

    def _refuse_other_bodies(self) -> None:
        before = imports.agencies_of_file(self._report.sha256)
        others = sorted(before - set(self._slugs.values()))
        if others:
            raise Conflict(
                Message(
                    _("This very file was imported for %(others)s before. Check the agency."),
                    others=", ".join(others),
                )
            )

    def _items(self) -> Iterator[Item | RejectedRow]:
        """Judge each row; report those that cannot be taken in."""
        keys = self._keys()
        for row in self._read.rows:
            item = row if isinstance(row, RejectedRow) else self._judged(row, keys)
            if isinstance(item, RejectedRow) and item.reason:
                self._report.reject([Rejection(item.number, "", "", item.reason)])
            yield item

    def _judged(self, row: ImportedRow, keys: dict[int, str]) -> Item | RejectedRow:
        self._report.warnings.extend(row.warnings)
        slug = self._slugs.get(row.number)
        if slug is None:
            return RejectedRow(
                row.number, _("The row does not name its agency. Import the file for one agency.")
            )
        if warning := withheld_warning(row, self._dialect):
            self._report.warnings.append(warning)
        try:
            content = content_of(row, slug).to_json()
        except Invalid as error:
            self._report.reject(rejections_of(row, error, self._dialect))
            return RejectedRow(row.number, "")
        return Item(row, slug, keys[row.number], content, hash_of(content))

    def _take_in(self, items: Sequence[Item]) -> None:
        """Bring a batch into the register, or only see what that would do."""
        outcomes = self._writer.plan(items)
        changes = [(i, o) for i, o in zip(items, outcomes, strict=True) if o.is_change]
        if changes and not self._order.is_dry_run:
            with transaction():
                self._start()
                # Read again under the lock: somebody may have saved or imported in between.
                outcomes = self._writer.plan(items)
                for item, outcome in zip(items, outcomes, strict=True):
                    if outcome.is_change:
                        agency = self._finder.agency(item.agency, self._order.by.account_id)
                        self._writer.write(item, agency, outcome)
        for item, outcome in zip(items, outcomes, strict=True):
            self._count(item, outcome)
            self._used.add(item.agency)

    def _count(self, item: Item, outcome: Outcome) -> None:
        if outcome.refusal:
            self._report.reject([Rejection(item.row.number, "", "", outcome.refusal)])
        elif not outcome.is_change:
            self._report.unchanged += 1
        elif outcome.reference is None:
            self._report.created += 1
        else:
            self._report.updated += 1

    def _start(self) -> None:
        if not self._is_started:
            self._note(imports.STARTED)
            self._is_started = True

    def _note(self, action: str) -> None:
        details = {
            "file": self._report.file,
            "sha256": self._report.sha256,
            "format": self._report.format,
            "agencies": sorted(set(self._slugs.values())),
            "is_published": self._order.is_published,
        }
        if action != imports.STARTED:
            names = ("rows", "created", "updated", "unchanged", "rejected")
            details["counts"] = {name: getattr(self._report, name) for name in names}
        events.add_event(action, by=self._order.by.account_id, details=details)


def _within_limit(key: str) -> str:
    """Shorten a key to what the column holds, still different from every other."""
    if len(key) <= imports.LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: imports.LONGEST_KEY - len(digest) - 1]}~{digest}"
