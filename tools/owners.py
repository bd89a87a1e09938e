"""A contract for import-linter: each library has one owner among the packages.

The table in ``setup.cfg`` reads ``library: package package …``. A library that ``register``
imports and that the table does not list breaks the contract as well, so that nobody can add one
without saying whose it is. The standard library belongs to everybody, except where it is listed.
"""

import sys
from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Importers = dict[str, list[str]]


class OwnersContract(Contract):
    """Each library is imported by its owners only; the root package may import any, to start it."""

    type_name = "owners"

    owners = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect who imports a library of another package's, or one that has no owner."""
        root = self.session_options["root_packages"][0]
        table = self._table()
        trespassers: Importers = {}
        for library in sorted(external_modules(graph, root)):
            owners = table.get(library)
            if owners is None and library in sys.stdlib_module_names:
                continue
            importers = graph.find_modules_that_directly_import(library) - {root}
            foreign = [name for name in importers if not _is_owned(name, root, owners or ())]
            if foreign:
                trespassers[library] = sorted(foreign)
        return ContractCheck(kept=not trespassers, metadata={"trespassers": trespassers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that ought to move."""
        table = self._table()
        for library, importers in check.metadata["trespassers"].items():
            owner = " or ".join(table.get(library, ())) or "nobody (add it to setup.cfg)"
            for importer in importers:
                output.print_error(f"- {importer} imports {library}, which belongs to {owner}")
        output.new_line()

    def _table(self) -> dict[str, tuple[str, ...]]:
        lines: list[str] = self.contract_options["owners"]
        return read_table(lines)


def read_table(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read ``library: package package`` lines into owners by library."""
    pairs = (line.partition(":") for line in lines)
    return {library.strip(): tuple(owners.split()) for library, _, owners in pairs}


def external_modules(graph: ImportGraph, root: str) -> set[str]:
    """Name what is imported from outside of the root package."""
    return {name for name in graph.modules if name.partition(".")[0] != root}


def _is_owned(importer: str, root: str, owners: Iterable[str]) -> bool:
    return any(f"{importer}.".startswith(f"{root}.{owner}.") for owner in owners)
