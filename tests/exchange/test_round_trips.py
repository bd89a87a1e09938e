"""What came from another register goes back as it was, but for what the mapping says is lost."""

import pytest

from register.exchange.formats import get_format
from tests.exchange.real_files import FILES, real_bytes
from tests.exchange.round_trip import differences, is_declared

WRITTEN = [name for name in FILES if get_format(name).writing]
every_written_file = pytest.mark.parametrize("name", WRITTEN)


@every_written_file
def test_a_cell_that_comes_back_as_another_is_a_declared_loss(name: str) -> None:
    dialect = get_format(name)

    found = list(differences(real_bytes(FILES[name]), dialect))

    assert [each for each in found if not is_declared(each, dialect)] == []


@every_written_file
def test_a_declared_loss_is_of_a_column_and_a_question_that_the_mapping_links(name: str) -> None:
    dialect = get_format(name)
    linked = {(link.column, link.field) for link in dialect.links}

    assert [loss for loss in dialect.losses if (loss.column, loss.field) not in linked] == []
