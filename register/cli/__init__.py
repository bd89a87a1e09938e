"""The command line, ``ai-register``: setting up, loading, importing and serving a register.

Exit codes: 0 done, 1 something was refused and said on the error output, 2 wrong usage.
"""

import click

from register.cli.accounts import account
from register.cli.agencies import agency
from register.cli.backups import backup
from register.cli.bundling import bundle
from register.cli.doctor import doctor
from register.cli.erasing import erase, erasures
from register.cli.exports import export
from register.cli.importing import drain_imports
from register.cli.indexing import index
from register.cli.instance import init, sample
from register.cli.ledger import ledger
from register.cli.mailing import drain_mail, remind
from register.cli.quality import links, quality
from register.cli.records import import_
from register.cli.restoring import restore
from register.cli.serve import serve
from register.cli.speaking import SentenceGroup
from register.cli.standards import standard
from register.cli.tokens import token
from register.cli.verifying import verify

__all__ = ["main"]


@click.group(cls=SentenceGroup)
@click.version_option(package_name="ai-register", prog_name="ai-register")
def main() -> None:
    """Run a public register of the AI systems that government bodies use.

    REGISTER_INSTANCE names the folder of everything that is not code.
    """


for command in (
    *(account, agency, backup, bundle, doctor, drain_imports, drain_mail, erase, erasures, export),
    *(import_, index, init, ledger, links, quality, remind, sample, serve, standard, token),
    *(restore, verify),
):
    main.add_command(command)
