"""What has to be right in the answers to "must this be disclosed?" before they are kept."""

from collections.abc import Mapping
from typing import Any

from register import clock
from register.errors import Invalid
from register.schemas import find_errors
from register.standard.content import Content
from register.standard.determination import DETERMINATION, determine
from register.standard.marking import _

NEEDS_A_DAY = _(
    "Give the planned day: what is to decide about people is disclosed before its use."
    " A month or a year is enough."
)


def check_answers(answers: Mapping[str, Any]) -> None:
    """Raise :exc:`Invalid` by question; a reason is owed where nothing is to be disclosed."""
    errors = find_errors(DETERMINATION, Content(answers=answers))
    if not determine(answers).must and not answers.get("reason"):
        errors["reason"] = [_("Say in your own words why it need not be disclosed.")]
    if "since" not in errors:
        errors.update(_errors_of_date(answers))
    if errors:
        raise Invalid(_("Some answers are missing or need to be corrected."), errors)


def _errors_of_date(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Hold a year, a month or a day against today; ask for it where a duty would rest on it."""
    since, used = str(answers.get("since", "")), answers.get("used")
    now = clock.today().isoformat()[: len(since)]
    if used == "yes" and since > now:
        return {"since": [_("What is in use has begun already: give the day in the past.")]}
    if used == "soon" and not since and determine(answers).tier == "high":
        return {"since": [NEEDS_A_DAY]}
    if used == "soon" and since < now:
        return {"since": [_("This is over. Say above that it is in use, or give a later day.")]}
    return {}
