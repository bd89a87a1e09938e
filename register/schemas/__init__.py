"""The one validator and the one presenter of a disclosure's content."""

from register.schemas.duties import present_duty
from register.schemas.present import Audience, present, present_body, public_content
from register.schemas.validate import (
    find_errors,
    find_errors_of_idle,
    find_errors_of_public,
    find_misshapen,
    validate,
)

__all__ = [
    "Audience",
    "find_errors",
    "find_errors_of_idle",
    "find_errors_of_public",
    "find_misshapen",
    "present",
    "present_body",
    "present_duty",
    "public_content",
    "validate",
]
