"""What came from another register goes back as it was, but for what the mapping says is lost."""

import pytest

from register.exchange.formats import get_format
from register.exchange.mapping import Format
from tests.exchange.real_files import FILES, real_bytes
from tests.exchange.round_trip import Difference, differences

# What no format carries, and what an import says of it: a cell that only says that there is no
# answer, a value that the standard does not have, an address of a person.
EVERYWHERE = frozenset({"no_answer", "unknown_value", "personal_address"})
WRITTEN = [name for name in FILES if get_format(name).writing]
every_written_file = pytest.mark.parametrize("name", WRITTEN)


@every_written_file
def test_a_cell_that_comes_back_as_another_is_a_declared_loss(name: str) -> None:
    dialect = get_format(name)

    found = list(differences(real_bytes(FILES[name]), dialect))

    assert [each for each in found if not _is_declared(each, dialect)] == []


@every_written_file
def test_a_declared_loss_is_of_a_column_and_a_question_that_the_mapping_links(name: str) -> None:
    dialect = get_format(name)
    linked = {(link.column, link.field) for link in dialect.links}

    assert [loss for loss in dialect.losses if (loss.column, loss.field) not in linked] == []


def _is_declared(difference: Difference, dialect: Format) -> bool:
    if difference.remarks & EVERYWHERE or _is_merged(difference, dialect):
        return True
    declared = {loss.kind for loss in dialect.losses if loss.column == difference.column}
    if declared & difference.remarks:
        return True
    return difference.column == dialect.identifier and not difference.before


def _is_merged(difference: Difference, dialect: Format) -> bool:
    """Tell whether the cell came back as a value with which it shares its option."""
    for link in dialect.links:
        if link.column != difference.column or link.values is None:
            continue
        merged = dict(link.values.merged)
        wanted = {merged.get(each, each) for each in difference.before.split("; ")}
        if "; ".join(sorted(wanted - {""})) == difference.after:
            return True
    return False
