"""Taking in the inventory of another register, a row of its file a disclosure.

An import may be repeated and may be killed: a row is known again by its agency, its format and its
key, so that only what changed in the source is written, in transactions of a hundred rows. A file
is read twice, row by row: what has to be known of the whole first, then each row for itself.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from register.errors import Invalid, NotAllowed
from register.exchange.formats import get_format
from register.exchange.importing import stream_file
from register.exchange.mapping import Format
from register.exchange.own.register_1 import LineFormat
from register.exchange.result import ImportedRow, ImportedStream, RejectedRow, RowWarning
from register.services.imports import import_past, register_import
from register.services.imports.import_agencies import AgencyFinder
from register.services.imports.import_content import (
    content_of,
    hash_of,
    rejections_of,
    withheld_warning,
)
from register.services.imports.import_near import NearMatches
from register.services.imports.import_order import Order
from register.services.imports.import_past import Smaller
from register.services.imports.import_report import Rejection, Report
from register.services.imports.import_survey import Survey
from register.services.imports.import_writing import Item, Origin, Outcome, Writer
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, events, forget, imports, transaction

BATCH = 100
NO_AGENCY = _("The row does not name its agency. Import the file for one agency.")


def import_file(source: BinaryIO, order: Order) -> Report:
    """Take in a seekable binary file, and report on every row of it.

    Raise :exc:`Invalid` if the file is not of this format, :exc:`NotFound` if there is no such
    format or agency, :exc:`Conflict` if the file was taken in for another agency before,
    :exc:`Smaller` if it lacks rows or columns that the last one had and nobody accepted that, and
    :exc:`NotAllowed` if the actor may not do this.
    """
    dialect = get_format(order.format_name)
    if isinstance(dialect, LineFormat):
        return register_import.import_register(source, order)
    _check_actor(order)
    if order.agency is not None:
        agencies.get_agency(order.agency)
    survey = Survey(dialect.name, order.agency, AgencyFinder())
    stream = stream_file(source, dialect, file=order.file_name)
    survey.read(source, stream, lambda rows: order.progress(0, rows))
    stream = stream_file(source, dialect, file=order.file_name)
    return _Import(order, dialect, survey, stream).run()


def _check_actor(order: Order) -> None:
    by = order.by
    if by.role in {Role.ADMINISTRATOR, Role.SECRETARIAT}:
        return
    is_own = order.agency is not None and by.agency == order.agency
    if not is_own or order.is_published or by.role not in {Role.OFFICER, Role.APPROVER}:
        raise NotAllowed(_("You may import drafts for your own agency only."))


class _Import:
    """The second reading of a file: each row is judged and, but for a dry run, taken in."""

    def __init__(
        self, order: Order, dialect: Format, survey: Survey, stream: ImportedStream
    ) -> None:
        self._order = order
        self._dialect = dialect
        self._survey = survey
        self._stream = stream
        self._near = NearMatches()
        self._is_started = False
        self._seen: set[int] = set()  # hashes of the keys under which rows are known
        self._used: set[str] = set()  # the agencies of rows that were fit to be taken in
        self._writer = Writer(
            Origin(dialect.name, order.file_name[:300], survey.file_hash),
            order.by,
            reference_prefix=order.reference_prefix,
            is_published=order.is_published,
        )
        self._report = Report(
            format=dialect.name,
            file=order.file_name,
            sha256=survey.file_hash,
            encoding=stream.encoding,
            is_dry_run=order.is_dry_run,
            is_published=order.is_published,
            shrinkage=import_past.find_shrinkage(survey),
            unmapped_columns=stream.unmapped_columns,
            unmapped_values=stream.unmapped_values,
            lossy=stream.lossy,
        )

    def run(self) -> Report:
        """Take in all rows, a batch a transaction."""
        import_past.refuse_other_bodies(self._survey)
        shrinkage = self._report.shrinkage
        if shrinkage and not (self._order.accepts_smaller or self._order.is_dry_run):
            raise Smaller(self._order.file_name, shrinkage)
        done = 0
        items = self._items()
        while batch := list(islice(items, BATCH)):
            self._take_in([item for item in batch if isinstance(item, Item)])
            done += len(batch)
            self._order.progress(done, self._survey.rows)
        return self._finish()

    def _items(self) -> Iterator[Item | RejectedRow]:
        """Judge each row; report those that cannot be taken in."""
        for row in self._stream.rows:
            self._report.warnings.extend(self._stream.take_remarks())
            item = row if isinstance(row, RejectedRow) else self._judged(row)
            if isinstance(item, RejectedRow):
                self._report_without(item)
            yield item
        self._report.warnings.extend(self._stream.take_remarks())

    def _report_without(self, row: RejectedRow) -> None:
        """Report on a row that becomes no disclosure; one that is sound changes nothing."""
        if row.is_idle:
            self._report.unchanged += 1
            self._report.warnings.extend([RowWarning(row.number, "", "", row.reason, "idle")])
        elif row.reason:
            self._report.reject([Rejection(row.number, "", "", row.reason)])

    def _judged(self, row: ImportedRow) -> Item | RejectedRow:
        self._report.warnings.extend(row.warnings)
        slug = self._survey.slug_of(row)
        if slug is None:
            return RejectedRow(row.number, NO_AGENCY)
        key = self._survey.key_of(row, slug).made(_within_limit)
        if warning := withheld_warning(row, self._dialect):
            self._report.warnings.append(warning)
        try:
            content = content_of(row, slug).to_json()
        except Invalid as error:
            self._report.reject(rejections_of(row, error, self._dialect))
            self._seen.update(hash((slug, each)) for each in key.lookups)
            return RejectedRow(row.number, "")
        return Item(row, slug, key, content, hash_of(content))

    def _take_in(self, items: Sequence[Item]) -> None:
        """Bring a batch into the register, or only see what that would do."""
        forget()
        outcomes = self._writer.plan(items)
        for item, outcome in zip(items, outcomes, strict=True):
            if outcome.known is None:
                self._near.open(item.agency)
        if any(outcome.is_change for outcome in outcomes) and not self._order.is_dry_run:
            self._start()
            with transaction():
                imports.take_turn()
                # Read again under the lock: somebody may have saved or imported in between.
                outcomes = self._writer.plan(items)
                self._write(items, outcomes)
                self._report_on(items, outcomes)
        else:
            self._report_on(items, outcomes)

    def _write(self, items: Sequence[Item], outcomes: Sequence[Outcome]) -> None:
        by = self._order.by.account_id
        changes = [(i, o) for i, o in zip(items, outcomes, strict=True) if o.is_change]
        slugs = dict.fromkeys(item.agency for item, _outcome in changes)
        found = {slug: self._survey.agency_of(slug, by) for slug in slugs}
        self._writer.write([(item, found[item.agency], outcome) for item, outcome in changes])

    def _report_on(self, items: Sequence[Item], outcomes: Sequence[Outcome]) -> None:
        for item, outcome in zip(items, outcomes, strict=True):
            self._used.add(item.agency)
            self._seen.add(hash((item.agency, outcome.key)))
            if outcome.refusal:
                self._report.reject([Rejection(item.row.number, "", "", outcome.refusal)])
            elif not outcome.is_change:
                self._report.unchanged += 1
            elif outcome.known is not None:
                self._report.updated += 1
            else:
                self._report.created += 1
                names = item.content["answers"].get("name", {})
                self._report.near_matches.extend(
                    self._near.look(item.agency, item.row.number, names)
                )

    def _start(self) -> None:
        """Note, before anything is written, that this import has begun."""
        if self._is_started:
            return
        with transaction():
            imports.take_turn()
            import_past.refuse_other_bodies(self._survey)
            self._note(imports.STARTED)
        self._is_started = True

    def _finish(self) -> Report:
        report = self._report
        added = self._survey.new_slugs
        report.agencies_created = [slug for slug in added if slug in self._used]
        if not self._order.is_dry_run and (self._is_started or self._is_news()):
            self._start()
            self._note(imports.FINISHED)
        slugs = set(self._survey.agency_rows)
        slugs.update(report.shrinkage.missing_agencies if report.shrinkage else ())
        report.absent = import_past.list_absent(self._survey, slugs, self._seen)
        return report

    def _is_news(self) -> bool:
        """Tell whether the trail lacks this file although nothing of it had to be written."""
        return bool(self._used) and not import_past.is_settled(self._survey)

    def _note(self, action: str) -> None:
        details: dict[str, Any] = {
            "file": self._report.file,
            "sha256": self._report.sha256,
            "rows_sha256": self._survey.rows_hash,
            "format": self._report.format,
            "agency": self._order.agency,
            "agencies": sorted(self._survey.agency_rows),
            "agency_rows": sorted(self._survey.agency_rows.items()),
            "columns": list(self._survey.columns),
            "is_published": self._order.is_published,
        }
        if action == imports.STARTED:
            details["is_smaller"] = self._report.shrinkage is not None
        else:
            names = ("rows", "created", "updated", "unchanged", "rejected")
            details["counts"] = {name: getattr(self._report, name) for name in names}
        events.add_event(action, by=self._order.by.account_id, details=details)


def _within_limit(key: str) -> str:
    """Shorten a key to what the column holds, still different from every other."""
    if len(key) <= imports.LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: imports.LONGEST_KEY - len(digest) - 1]}~{digest}"
