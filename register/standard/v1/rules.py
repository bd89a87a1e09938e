"""The conditions that version 1 uses again and again: who is asked what, and from which tier."""

from register.standard.field import ALWAYS, When

EVERY_RECORD = ALWAYS
EVERY_USE = When(field="record_kind", is_in=("system", "grouped_cots", "withheld_stub"))
EVERY_SYSTEM = When(field="record_kind", is_in=("system", "grouped_cots"))
ONE_SYSTEM = When(field="record_kind", is_in=("system",))
FROM_SIGNIFICANT = When(field="impact_tier", is_in=("significant", "high"), also=(ONE_SYSTEM,))
FROM_HIGH = When(field="impact_tier", is_in=("high",), also=(ONE_SYSTEM,))
RUNNING = When(field="phase", is_in=("pilot", "in_use"), also=(EVERY_SYSTEM,))
ENDED = When(field="phase", is_in=("suspended", "retired", "cancelled"))
ABOUT_PEOPLE = When(field="personal_data", is_in=("personal", "special_category"))
