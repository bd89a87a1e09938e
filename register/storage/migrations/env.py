"""How Alembic reaches the application's database."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from register.storage import models
from register.storage.base import Moment
from register.storage.database import db


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type as the plain type it is kept as: migrations import no models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Bring the database to the wanted revision, in one transaction."""
    options = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=models.Base.metadata,
            **{**options, "compare_type": True, "render_as_batch": True, "render_item": _render},
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
