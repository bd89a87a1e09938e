"""The signer of an instance, and setting its ledger up."""

from register.cli.speaking import Progress
from register.config import Settings
from register.errors import Unavailable
from register.services.ledger import ledgering
from register.services.ledger.ledger_signing import LedgerSigner, Origin, SigningRefused
from register.services.ledger.signer_folder import SignerFolder

ELSEWHERE = "REGISTER_SIGNER says that the ledger is not signed from here."


def signer_of(settings: Settings) -> LedgerSigner:
    """Give the signer of this instance; raise :exc:`Unavailable` if another one signs."""
    if settings.signer_folder is None:
        raise Unavailable(ELSEWHERE)
    origin = Origin(settings.log_name, is_stated=bool(settings.ledger_origin))
    return LedgerSigner(SignerFolder(settings.signer_folder), origin)


def set_up(settings: Settings) -> None:
    """Open the log, tell it of what was written before it, and sign it, unless that was done.

    What the signer refuses it refuses last: the log lacks nothing then but a signature.
    """
    signer = signer_of(settings) if settings.signer_folder is not None else None
    refusal = None
    try:
        if signer is not None:
            signer.open_log()
    except SigningRefused as error:
        refusal = error
    with Progress("Telling the ledger") as progress:
        ledgering.catch_up(progress)
    if refusal is not None:
        raise refusal
    if signer is not None:
        signer.sign()
