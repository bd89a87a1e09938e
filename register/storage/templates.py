"""Answers that agencies keep to begin filings from."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from register import clock
from register.storage.database import db, transaction
from register.storage.models import Agency, Template


def add_template(template: Template) -> Template:
    """Keep a template, as of now."""
    with transaction() as session:
        template.at = clock.now()
        session.add(template)
        session.flush()
        return template


def find_template(number: int) -> Template | None:
    """Give the template of this id unless it was removed, or ``None``."""
    found = db.session.get(Template, number)
    return None if found is None or found.is_removed else found


def list_templates(agency: Agency) -> list[Template]:
    """Give the agency's own templates and those that others share, the newest first."""
    is_open = or_(Template.agency_id == agency.id, Template.is_shared.is_(True))
    query = (
        select(Template)
        .options(joinedload(Template.agency).joinedload(Agency.parent))
        .where(is_open, Template.is_removed.is_(False))
    )
    return list(db.session.scalars(query.order_by(Template.id.desc())))
