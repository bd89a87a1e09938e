"""A duty as the public reads it."""

from typing import Any

from register.standard.obligations import Duty


def present_duty(duty: Duty, base_url: str) -> dict[str, Any]:
    """Give a duty as JSON values; a system that is not public has a key and no name."""
    return {
        "key": duty.key,
        "agency": duty.agency,
        "kind": duty.kind.value,
        "state": duty.state.value,
        "due_on": duty.due_on.isoformat() if duty.is_due_day_public else None,
        "settled_on": duty.settled_on.isoformat() if duty.settled_on else None,
        "reference": duty.reference or None,
        "url": f"{base_url}/disclosures/{duty.reference}" if duty.reference else None,
        "period": duty.period or None,
        "ground": duty.ground or None,
    }
