"""What must be disclosed. Pure data and pure functions: no library, no language, no storage."""

from register.errors import NotFound
from register.standard.field import Standard
from register.standard.v1 import V1

STANDARDS: dict[str, Standard] = {V1.id: V1}
CURRENT = V1


def get_standard(standard_id: str) -> Standard:
    """Find a version by its id, in force or not; raise :exc:`NotFound` if there is none."""
    try:
        return STANDARDS[standard_id]
    except KeyError:
        raise NotFound(f"There is no standard called “{standard_id}”.") from None
