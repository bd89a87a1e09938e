"""Taking in a register in the format register-1: histories as they were, nothing overwritten.

An import may be repeated and may be killed: what is here already is known again, and the rest
follows, in transactions of a bounded size.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from register import clock
from register.errors import Invalid, Message, NotAllowed
from register.exchange.own import register_1
from register.exchange.own.register_1 import REGISTER_1, BrokenLine
from register.exchange.result import RowWarning
from register.services.directory.directory_trail import note_added
from register.services.imports.import_order import Order
from register.services.imports.import_report import Rejection, Report
from register.services.imports.register_head import Directory, directory_of
from register.services.imports.register_reading import History, history_of
from register.services.imports.register_writing import Origin, Outcome, plan, write
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, disclosures, events, imports, transaction

BATCH = 50  # disclosures in a transaction, if they are
BATCH_BYTES = 8 * 1024 * 1024  # not longer than this together
BODIES = 100  # agencies in a transaction
PUBLICATIONS = ("published", "amended", "withdrawn")  # what the trail calls those made here


def import_register(source: BinaryIO, order: Order) -> Report:
    """Take in a file, and report on every disclosure in it.

    Raise :exc:`NotAllowed` unless an administrator or the secretariat does it, and :exc:`Invalid`
    if it is not ordered to publish, or if the file is not of this format, is not whole, or its
    header or directory is broken; nothing is stored then.
    """
    _check(order)
    size = register_1.measure(source)
    head = register_1.read_head(source, file=order.file_name)
    directory = directory_of(head, file=order.file_name)
    lines = 1 + len(head.agencies) + head.disclosures
    if size.lines < lines:
        raise Invalid(f"{order.file_name}: {register_1.CUT}")
    report = Report(
        format=REGISTER_1.name,
        file=order.file_name,
        sha256=size.sha256,
        encoding="UTF-8",
        is_dry_run=order.is_dry_run,
        is_published=True,
    )
    if size.lines > lines:
        sentence = Message(LONGER, more=size.lines - lines)
        report.warnings.append(RowWarning(1, "", "disclosures", sentence.english, "longer"))
    return _Import(source, order, directory, report).run(size.lines - 1 - len(head.agencies))


LONGER = _("The file has %(more)s lines more than its first line announces.")


def _check(order: Order) -> None:
    if order.by.role not in {Role.ADMINISTRATOR, Role.SECRETARIAT}:
        raise NotAllowed(_("Your role may not do this."))
    if order.agency is not None:
        raise Invalid(_("In this format each disclosure names its agency. Import it for no other."))
    if not order.is_published:
        raise Invalid(
            _(
                "A file of this format holds what was made public, with its history. It can only "
                "be taken in published (--publish), not as drafts."
            )
        )


class _Import:
    """One run over one file whose header and directory are sound."""

    def __init__(
        self, source: BinaryIO, order: Order, directory: Directory, report: Report
    ) -> None:
        self._source = source
        self._order = order
        self._directory = directory
        self._report = report
        is_move = not any(map(events.has_event, PUBLICATIONS))
        self._origin = Origin(report.format, report.file[:300], report.sha256, order.by, is_move)
        self._seen: dict[str, int] = {}  # in which line a reference was met
        self._is_started = False

    def run(self, total: int) -> Report:
        """Take in the directory, then all disclosures, a batch a transaction."""
        self._report.warnings.extend(self._directory.warnings)
        self._report.agencies_created = [body.slug for body in self._directory.new]
        if not self._order.is_dry_run:
            self._add_bodies()
        done = 0
        for batch, count in self._batches():
            self._take_in(batch)
            done += count
            self._order.progress(done, max(done, total))
        if self._is_started:
            self._note("import_finished")
        return self._report

    def _add_bodies(self) -> None:
        new = self._directory.new
        for start in range(0, len(new), BODIES):
            with transaction():
                self._start()
                for body in new[start : start + BODIES]:
                    above = agencies.get_agency(body.parent) if body.parent else None
                    values = {
                        "names": dict(body.names),
                        "abbreviation": body.abbreviation,
                        "level": body.level,
                        "sector": body.sector,
                        "parent": above,
                    }
                    agencies.put_agency(body.slug, values)
                    note_added(self._order.by.account_id, body, clock.today())

    def _batches(self) -> Iterator[tuple[list[History], int]]:
        """Give the histories that can be used, some at a time, and how many lines they came from.

        The others are reported.
        """
        batch: list[History] = []
        count = size = 0
        for line in register_1.read_disclosures(self._source, after=self._directory.last_line):
            count += 1
            if isinstance(line, BrokenLine):
                self._reject(line.number, [(line.path, line.reason)])
                continue
            size += line.size
            history = self._judged(line)
            if history is not None:
                batch.append(history)
            if len(batch) >= BATCH or size >= BATCH_BYTES:
                yield batch, count
                batch, count, size = [], 0, 0
        yield batch, count

    def _judged(self, line: register_1.Line) -> History | None:
        try:
            history = history_of(line, self._directory.bodies)
        except Invalid as error:
            found = [(path, each) for path, listed in error.errors.items() for each in listed]
            self._reject(line.number, found)
            return None
        first = self._seen.setdefault(history.reference, line.number)
        if first != line.number:
            sentence = Message(_("Line %(number)s has this reference already."), number=first)
            self._reject(line.number, [("reference", sentence)])
            return None
        return history

    def _take_in(self, histories: Sequence[History]) -> None:
        """Bring a batch into the register, or only see what that would do."""
        outcomes = plan(histories)
        if any(each.is_change for each in outcomes) and not self._order.is_dry_run:
            with transaction():
                self._start()
                # Read again under the lock: somebody may have published in between.
                outcomes = plan(histories)
                changes = [
                    (history, outcome)
                    for history, outcome in zip(histories, outcomes, strict=True)
                    if outcome.is_change
                ]
                disclosures.pass_over(history.reference for history, _outcome in changes)
                for history, outcome in changes:
                    write(history, outcome, self._origin)
        for history, outcome in zip(histories, outcomes, strict=True):
            self._count(history, outcome)

    def _count(self, history: History, outcome: Outcome) -> None:
        if outcome.refusal:
            self._reject(history.line, [(outcome.place, outcome.refusal)])
        elif not outcome.is_change:
            self._report.unchanged += 1
        elif outcome.kept:
            self._report.updated += 1
        else:
            self._report.created += 1

    def _reject(self, line: int, found: Sequence[tuple[str, str]]) -> None:
        most = register_1.LONGEST_PATH
        told = [Rejection(line, "", path[:most], sentence) for path, sentence in found]
        self._report.reject(told)

    def _start(self) -> None:
        if not self._is_started:
            self._note(imports.STARTED)
            self._is_started = True

    def _note(self, action: str) -> None:
        report = self._report
        details = {
            "file": report.file,
            "sha256": report.sha256,
            "format": report.format,
            "agencies": [],
            "is_published": True,
        }
        if action != imports.STARTED:
            names = ("rows", "created", "updated", "unchanged", "rejected")
            details["counts"] = {name: getattr(report, name) for name in names}
        events.add_event(action, by=self._order.by.account_id, details=details)
