"""The one validator and the one presenter of a disclosure's content."""

from register.schemas.present import Audience, present
from register.schemas.validate import find_errors, validate

__all__ = ["Audience", "find_errors", "present", "validate"]
