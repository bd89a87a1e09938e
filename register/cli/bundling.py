"""Making the auditors' bundle."""

from datetime import datetime, timedelta
from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.signing import signer_of
from register.cli.speaking import Progress, counted, say, whole_file
from register.config import Settings
from register.errors import Unavailable
from register.schemas import Audience
from register.services import past
from register.services.duties.obligations import rules_of
from register.services.ledger import bundling
from register.services.ledger.bundle_files import BundleFolder, auditors_folder, public_folder
from register.services.ledger.bundling import Bundle
from register.services.ledger.ledger_signing import LedgerSigner


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the ZIP to this file.",
)
@click.option("--as-of", metavar="DAY", help="Up to the last checkpoint of this day or moment.")
@click.option("--for-auditors", is_flag=True, help="With what is not public. Guard the file.")
def bundle(out: Path, as_of: str | None, for_auditors: bool) -> None:
    """Write the signed bundle: the log with all values that its reader may know.

    Anybody can check it with ai-register verify, or with the program in docs/verify.md.
    """
    before = past.read_as_of(as_of).before if as_of else None
    with opened() as instance, Progress("Bundling") as progress:
        signer = signer_of(instance.settings)
        if before is None:
            signer.sign()
        wanted = _wanted(
            instance.settings, before, Audience.AUDITOR if for_auditors else Audience.PUBLIC
        )
        with whole_file(out, is_text=False, is_private=for_auditors) as file:
            manifest = bundling.write(file, wanted, signer.seal, progress)
    say(f"{out}: {counted(manifest.size, 'entry', 'entries')}, as of {manifest.as_of}.")


def keep_daily(settings: Settings, signer: LedgerSigner) -> None:
    """Keep a bundle for everybody and one for auditors, where there is none of the last day.

    Raise :exc:`Unavailable` if one cannot be written.
    """
    _keep(public_folder(settings), _wanted(settings, None, Audience.PUBLIC), signer)
    _keep(auditors_folder(settings), _wanted(settings, None, Audience.AUDITOR), signer)


def _keep(folder: BundleFolder, wanted: Bundle, signer: LedgerSigner) -> None:
    last = folder.latest()
    if last is not None and wanted.signed.at - last.at < timedelta(days=1):
        return
    try:
        folder.keep(wanted.signed.at, lambda out: bundling.write(out, wanted, signer.seal))
    except OSError as error:
        why = error.strerror or error
        raise Unavailable(f"The bundle was not kept in {folder.path}: {why}") from error


def _wanted(settings: Settings, before: datetime | None, audience: Audience) -> Bundle:
    return Bundle(
        signed=bundling.find_checkpoint(before),
        rules=rules_of(settings),
        base_url=settings.base_url,
        audience=audience,
    )
