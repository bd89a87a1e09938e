"""What each kind of letter says, as texts to be translated. Whatever varies has a name."""

from collections.abc import Iterable
from dataclasses import dataclass

from register.standard.marking import _


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A kind of letter: its subject and its paragraphs. ``is_secret``: its link opens a door."""

    subject: str
    paragraphs: tuple[str, ...]
    is_secret: bool = False


_SIGN_IN = _("Sign in to see it:")

KINDS = {
    "submitted": Wording(
        subject=_("Waiting for your decision: %(name)s"),
        paragraphs=(
            _("A filing of %(agency)s waits for a decision: %(name)s (%(reference)s)."),
            _SIGN_IN,
        ),
    ),
    "renewal_submitted": Wording(
        subject=_("Yearly confirmation, waiting for your decision: %(name)s"),
        paragraphs=(
            _("A confirmation of %(agency)s waits for a decision: %(name)s (%(reference)s)."),
            _SIGN_IN,
        ),
    ),
    "withdrawal_submitted": Wording(
        subject=_("Withdrawal, waiting for your decision: %(name)s"),
        paragraphs=(
            _("It is proposed to withdraw a disclosure of %(agency)s: %(name)s (%(reference)s)."),
            _SIGN_IN,
        ),
    ),
    "nobody_decides": Wording(
        subject=_("Nobody can decide on a filing of %(agency)s"),
        paragraphs=(
            _("Everybody who may decide on %(reference)s has worked on it, or there is nobody."),
            _("Invite one more person who may decide:"),
        ),
    ),
    "endorsed": Wording(
        subject=_("Approved by the agency, waiting for you: %(name)s"),
        paragraphs=(
            _("%(agency)s approved a filing, which now waits for you: %(name)s (%(reference)s)."),
            _SIGN_IN,
        ),
    ),
    "returned": Wording(
        subject=_("Returned for changes: %(name)s"),
        paragraphs=(
            _("A filing that you worked on was returned for changes: %(name)s (%(reference)s)."),
            _("What needs to change is said there. Sign in to see it:"),
        ),
    ),
    "published": Wording(
        subject=_("Published: %(name)s"),
        paragraphs=(
            _("A filing that you worked on is public now: %(name)s (%(reference)s)."),
            _("This is its page:"),
        ),
    ),
    "withdrawn": Wording(
        subject=_("Withdrawn: %(name)s"),
        paragraphs=(
            _("A disclosure of your public body was withdrawn: %(name)s (%(reference)s)."),
            _("Its page stays and gives the reason:"),
        ),
    ),
    "reminder": Wording(
        subject=_("Due soon: what %(agency)s has to file"),
        paragraphs=(_("This is what %(agency)s has to file soon, or should have filed."),),
    ),
    "unattended": Wording(
        subject=_("Overdue where nobody can be reminded"),
        paragraphs=(
            _(
                "At these public bodies something is overdue, and nobody there has an account who"
                " could be reminded. Invite somebody from the page of each body:"
            ),
        ),
    ),
    "invited": Wording(
        subject=_("Your account for the register"),
        paragraphs=(
            _("Somebody who keeps the accounts of the register asks you to choose a password."),
            _("The link works once, for seven days. If you do not expect it, do nothing:"),
        ),
        is_secret=True,
    ),
}
# The subjects of a reminder in which all is overdue, and of one in which not all is.
ALL_OVERDUE = _("Overdue: what %(agency)s has to file")
PARTLY_OVERDUE = _("Overdue and due soon: what %(agency)s has to file")
STEP_HEADINGS = {
    "overdue": _("Overdue:"),
    "7": _("Due within 7 days:"),
    "30": _("Due within 30 days:"),
    "60": _("Due within 60 days:"),
}
DUTY_SENTENCES = {
    "system": _("Disclosure of a system, due on %(day)s: %(name)s"),
    "confirmation": _("Yearly confirmation, due on %(day)s: %(name)s (%(reference)s)"),
    "period": _("Return for %(period)s, due on %(day)s"),
}
BODY_SENTENCE = _("%(agency)s. Duties that are overdue: %(count)s, the oldest since %(day)s")
CLOSING = _("You receive this because you have an account at the register. Please do not answer.")
NAMELESS = _("Without a name yet")


def subject_of(kind: str, steps: Iterable[str]) -> str:
    """Give the subject of a letter; that of a reminder says whether anything is overdue."""
    named = set(steps)
    if kind != "reminder" or "overdue" not in named:
        return KINDS[kind].subject
    return ALL_OVERDUE if named == {"overdue"} else PARTLY_OVERDUE
