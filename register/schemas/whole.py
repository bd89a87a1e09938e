"""A text that is wholly of a pattern, in marshmallow's words and in those of JSON Schema."""

import re

from marshmallow import ValidationError, validate


class Whole(validate.Validator):
    """Takes a text that matches a pattern from end to end.

    The pattern is told as JSON Schema reads it (ECMA-262), which has its own words for an end.
    """

    def __init__(self, pattern: str, *, error: str) -> None:
        """Refuse what does not match with the sentence ``error``."""
        self.regex = re.compile(f"^(?:{pattern})$")  # where apispec looks for it
        self._whole = re.compile(pattern)
        self._error = error

    def __call__(self, value: str) -> str:
        """Give the value, or raise what marshmallow knows."""
        if self._whole.fullmatch(value) is None:
            raise ValidationError(self._error)
        return value
