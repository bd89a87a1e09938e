"""What is wrong with an instance, and how to mend it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from register import clock, config
from register.cli.instance import Instance, opened
from register.cli.mailing import house_of
from register.cli.serve import database_of
from register.cli.speaking import complain, english, say
from register.clock import stamp
from register.config import Settings
from register.errors import RegisterError
from register.search import synonyms
from register.services.accounts import letters
from register.services.ledger import ledger_keys
from register.storage import dumping, erasing, import_runs, logged, migrating, outbox

OLDEST_NOTICE = timedelta(minutes=5)
OLDEST_ENTRY = timedelta(minutes=5)
OLDEST_LETTER = timedelta(hours=1)
OLDEST_IMPORT = timedelta(minutes=5)
TRANSLATIONS = Path(config.__file__).resolve().parent / "translations"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``mend`` says what to do, and is empty if all is well.

    A note is no problem: the register works without it.
    """

    subject: str
    mend: str = ""
    is_note: bool = False


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look the instance over; the exit code is 1 if anything needs mending."""
    has_problem = False
    for finding in examine():
        if not finding.mend:
            say(f"ok       {finding.subject}")
        elif finding.is_note:
            say(f"note     {finding.subject}. {finding.mend}")
        else:
            complain(f"problem  {finding.subject}. {finding.mend}")
            has_problem = True
    if has_problem:
        ctx.exit(1)


def examine() -> Iterator[Finding]:
    """Look at one thing after another; what cannot be looked at is left out."""
    # An older Python than is needed does not come as far as this.
    yield Finding(f"Python {'.'.join(map(str, sys.version_info[:3]))}")
    settings = config.load()
    yield from _catalogues(settings)
    yield _fonts()
    if not settings.instance.is_dir():
        yield Finding(f"There is no instance in {settings.instance}", "Run: ai-register init")
        return
    yield from _permissions(settings)
    yield from _synonyms(settings)
    with opened(is_checked=False) as instance:
        database = _database(settings)
        yield database
        if not database.mend:
            yield _outbox()
            yield _imports()
            yield from _ledger(settings)
            yield from _erasures()
            yield from _letters(settings)
            yield _index(instance)


def _catalogues(settings: Settings) -> Iterator[Finding]:
    for language in settings.languages:
        sources = sorted((TRANSLATIONS / language / "LC_MESSAGES").glob("*.po"))
        stale = [path.stem for path in sources if _is_stale(path, path.with_suffix(".mo"))]
        subject = f"Translations into {language}"
        if stale:
            yield Finding(f"{subject} are not compiled", "Run: python -m tools.catalogues compile")
        elif sources:
            yield Finding(subject)
        elif language != "en":
            mend = "Add a catalogue, or take the language out of REGISTER_LANGUAGES."
            yield Finding(f"{subject} do not exist", mend)


def _is_stale(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _fonts() -> Finding:
    if any((config.ROOT / "static" / "fonts").glob("*.woff2")):
        return Finding("Fonts")
    return Finding("Fonts are missing, so readers see their own", "Run: make fonts", is_note=True)


def _permissions(settings: Settings) -> Iterator[Finding]:
    keys = settings.instance / "keys"
    if not (keys / "cookie.key").exists():
        yield Finding("There is no key for cookies", "Run: ai-register init")
    yield _private(settings.instance, 0o007, "chmod o-rwx")
    for path in (keys, *sorted(keys.glob("*"))):
        if path.exists():
            yield _private(path, 0o077, "chmod go-rwx")


def _private(path: Path, forbidden: int, mend: str) -> Finding:
    if path.stat().st_mode & forbidden:
        return Finding(f"{path} can be read by others", f"Run: {mend} {path}")
    if not os.access(path, os.R_OK):
        return Finding(f"{path} cannot be read", "Run the service as the owner of the instance.")
    return Finding(f"{path} is private")


def _synonyms(settings: Settings) -> Iterator[Finding]:
    found = synonyms.Synonyms.load(synonyms.files(settings.instance))
    for problem in found.problems:
        place = f"{problem.path}, line {problem.line}" if problem.line else str(problem.path)
        # Searches go on without the line, but whoever wrote it counts on it.
        yield Finding(f"{place}: {problem.what}", problem.mend)
    if not found.problems:
        yield Finding("Synonyms")


def _database(settings: Settings) -> Finding:
    named = f"Database ({database_of(settings)})"
    try:
        present = migrating.present_revision()
    except ConnectionError as error:
        return Finding(f"{named} cannot be reached: {error}", "Check REGISTER_DATABASE_URL.")
    if present != migrating.wanted_revision():
        return Finding(f"{named} is not at the latest migration", "Run: ai-register init")
    return Finding(f"{named} at migration {present}")


def _outbox() -> Finding:
    oldest = outbox.oldest_at()
    if oldest is not None and clock.now() - oldest > OLDEST_NOTICE:
        subject = f"Changes have been waiting for the search index since {clock.stamp(oldest)}"
        return Finding(subject, "Start a drainer: ai-register index drain --watch")
    return Finding("Outbox")


def _imports() -> Finding:
    oldest = import_runs.idle_since()
    if oldest is not None and clock.now() - oldest > OLDEST_IMPORT:
        subject = f"Imports have been waiting since {clock.stamp(oldest)}"
        return Finding(subject, "Start a drainer: ai-register drain-imports --watch")
    return Finding("Imports")


def _ledger(settings: Settings) -> Iterator[Finding]:
    folder = settings.signer_folder
    for path in (folder, *sorted(folder.glob("*.key"))) if folder and folder.exists() else ():
        yield _private(path, 0o077, "chmod go-rwx")
    untold = len(logged.list_unlogged())
    if untold:
        subject = f"{untold:,} versions and determinations have no entry in the ledger"
        yield Finding(subject, "Run: ai-register init")
    oldest = ledger_keys.unsigned_since()
    if oldest is not None and clock.now() - oldest > OLDEST_ENTRY:
        subject = f"Entries of the ledger have been waiting for a signature since {stamp(oldest)}"
        yield Finding(subject, "Run: ai-register ledger checkpoint")
    elif not untold:
        yield Finding("Ledger")


def _erasures() -> Iterator[Finding]:
    if erasing.count_unpurged():
        subject = "An erasure was interrupted: index and kept files may still have what it erased"
        yield Finding(subject, "Run: ai-register erase --purge")
    for path in dumping.list_copies():
        subject = f"{path} is a copy of the database from before"
        mend = "Delete it once you need it no more: what is erased from the register stays in it."
        yield Finding(subject, mend, is_note=True)


def _letters(settings: Settings) -> Iterator[Finding]:
    if not settings.mail_url:
        mend = "Set REGISTER_MAIL_URL and REGISTER_MAIL_FROM."
        yield Finding("No letters are sent", mend, is_note=True)
        return
    try:
        house_of(settings)
    except ValueError as error:
        yield Finding("Letters cannot be sent", str(error))
        return
    since = letters.waiting_since()
    if since is not None and clock.now() - since > OLDEST_LETTER:
        subject = f"Letters have been waiting since {clock.stamp(since)}"
        yield Finding(subject, "Start a drainer: ai-register drain-mail --watch")
    dead = letters.list_dead()
    for each in dead:
        subject = f"A letter ({each.kind}) to {each.recipient} was given up: {each.why}"
        yield Finding(subject.rstrip("."), "Mend it, and run: ai-register drain-mail --again")
    if since is None and not dead:
        yield Finding("Letters")


def _index(instance: Instance) -> Finding:
    if not instance.index.is_ready:
        return Finding("The search index is missing or outdated", "Run: ai-register index rebuild")
    try:
        difference = instance.index.check()
    except RegisterError as error:
        return Finding(english(error).rstrip("."), "Run: ai-register index rebuild")
    if difference:
        subject = f"The search index differs from the database in {len(difference):,} disclosures"
        return Finding(subject, "Run: ai-register index check --mend")
    return Finding("Search index")
