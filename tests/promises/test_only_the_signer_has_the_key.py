"""The key that signs the ledger is opened by the commands that sign, and by nothing else."""

from tests.promises.sources import called_names, imported_names, modules

LEDGER = "register/services/ledger"
DOORS = {
    "register/cli/restoring.py",  # after a backup was restored
    "register/cli/bundling.py",  # a bundle is sealed
    "register/cli/instance.py",
    "register/cli/ledger.py",
    "register/cli/signing.py",
}
CLOSED = (
    "register.services.ledger.ledger_signing",
    "register.services.ledger.signer_folder",
    "register.cli.signing",
    "register.cli.ledger",
)
KEY = ("register.ledger.Signer", "register.ledger.notes.Signer")


def test_no_page_and_no_other_command_can_sign() -> None:
    guilty = {
        name: found
        for name, module in modules("register/")
        if name
        not in {*DOORS, "register/cli/__init__.py", "register/services/ledger/ledger_signing.py"}
        if (found := {each for each in imported_names(module) if each.startswith(CLOSED)})
    }

    assert guilty == {}


def test_no_other_service_holds_a_key() -> None:
    signing = {
        "register/services/ledger/ledger_signing.py",
        "register/services/ledger/signer_folder.py",
    }
    guilty = {
        name: found
        for name, module in modules("register/")
        if not name.startswith("register/ledger/") and name not in signing
        if (found := imported_names(module) & set(KEY))
        or (found := called_names(module) & {"from_key_file"})
    }

    assert guilty == {}
