import pytest
from flask import Flask

from tests.desk import Desk, make_desk


@pytest.fixture
def desk(context: Flask) -> Desk:
    """Agencies with their people."""
    return make_desk()
