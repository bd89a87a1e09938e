"""Somebody who signs in, and the time that passes since."""

from datetime import UTC, datetime, timedelta
from typing import Any

from register import clock

EMAIL = "auditor@register.example"
PASSWORD = "پاس ورڈ with spaces "
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
AT_ALL = "The e-mail address or the password is not right."


def after(**passed: float) -> Any:
    return clock.at(START + timedelta(**passed))
