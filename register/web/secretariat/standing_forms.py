"""How the secretariat decides who owes what: its forms, read and shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from register.errors import Invalid
from register.services.actor import Actor
from register.services.directory import standings
from register.services.directory.standings import Decision
from register.services.duties import obligations
from register.standard.obligations import EXEMPTION_GROUNDS
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.showing import filing_pages
from register.web.wiring import settings

EXEMPT, EXEMPT_DUTY, AGAIN, SCOPE, LEFT = "exempt", "duty", "again", "scope", "left"
OF_DUTIES = (EXEMPT_DUTY, AGAIN)
#: Duties to choose from, by kind: the words of a kind, and of each duty its key and its words.
Offered = Sequence[tuple[str, Sequence[tuple[str, str]]]]
ASKED: Mapping[str, tuple[str, ...]] = {
    EXEMPT: ("ground", "citation", "reason", "from_on", "until_on"),
    EXEMPT_DUTY: ("duty", "ground", "citation", "reason"),
    AGAIN: ("duty", "citation", "reason"),
    SCOPE: ("citation", "reason", "from_on"),
    LEFT: ("citation", "reason", "from_on"),
}


@dataclass(frozen=True)
class Typed:
    """What was sent of one of the forms; each control's name begins with the form's."""

    deed: str

    def text(self, name: str) -> str:
        """Give what was typed into a control, or nothing where another form was sent."""
        return request.form.get(f"{self.deed}-{name}", "").strip()

    @property
    def reason(self) -> dict[str, str]:
        """The reason in each language of the register."""
        return {code: self.text(f"reason-{code}") for code in settings().languages}

    @property
    def decision(self) -> Decision:
        """Why it is decided."""
        return Decision(
            citation=self.text("citation"), reason=self.reason, ground=self.text("ground")
        )

    @property
    def duties(self) -> list[str]:
        """The keys of the duties that were chosen."""
        return request.form.getlist(f"{self.deed}-duty")

    def day(self, name: str) -> date | None:
        """Give a day; raise :exc:`Invalid` by control if what was typed is none."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            sentence = _("Enter the date as year, month and day: 2026-11-23.")
            raise Invalid(sentence, {name: [sentence]}) from None


def decide(by: Actor, slug: str, deed: str) -> None:
    """Do what was decided in a form. Raise :exc:`Invalid` by the names of its controls."""
    if deed not in DEEDS:
        raise Invalid(_("This form is not complete. Go back, reload it and send it again."))
    try:
        DEEDS[deed](by, slug, Typed(deed))
    except Invalid as error:
        errors = {f"{deed}-{name}": texts for name, texts in error.errors.items()}
        raise Invalid(error.args[0], errors) from error


def form_views(
    errors: Mapping[str, Sequence[str]], offered: Mapping[str, Offered]
) -> list[dict[str, Any]]:
    """Give the forms; ``offered`` are, by form, the duties that it can be about."""
    titles = _titles()
    return [
        _form_view(deed, titles[deed], errors, offered.get(deed, ()))
        for deed in ASKED
        if deed not in OF_DUTIES or offered.get(deed)
    ]


def _form_view(
    deed: str,
    title: tuple[str, str, str],
    errors: Mapping[str, Sequence[str]],
    offered: Offered,
) -> dict[str, Any]:
    typed = Typed(deed)
    own = {name: [say(t) for t in texts] for name, texts in errors.items() if _is_of(deed, name)}
    return {
        "deed": deed,
        "title": title[0],
        "help": title[1],
        "button": title[2],
        "asked": ASKED[deed],
        "grounds": _choices(
            [(each.value, say(each.label)) for each in EXEMPTION_GROUNDS], typed.text("ground")
        ),
        "duties": [
            {
                "label": label,
                "options": [
                    {"value": key, "label": words, "checked": key in typed.duties}
                    for key, words in listed
                ],
            }
            for label, listed in offered
        ],
        "typed": {name: typed.text(name) for name in ("citation", "from_on", "until_on")},
        "reason": typed.reason,
        "languages": filing_pages.language_views(),
        "errors": {name.removeprefix(f"{deed}-"): texts for name, texts in own.items()},
    }


def _choices(offered: Sequence[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    """Give options of a select; nothing is chosen before somebody does."""
    return [
        {"value": value, "label": words, "checked": value == chosen}
        for value, words in (("", _("Choose one")), *offered)
    ]


def _titles() -> dict[str, tuple[str, str, str]]:
    return {
        EXEMPT: (
            _("Exempt this body"),
            _("From what falls due from a day on. What is overdue already stays so."),
            _("Exempt the body"),
        ),
        EXEMPT_DUTY: (
            _("Exempt single duties"),
            _(
                "Also what is overdue. Each stays counted, as exempt, with its ground. One"
                " decision can be about several."
            ),
            _("Exempt these duties"),
        ),
        AGAIN: (
            _("Let exempt duties be owed again"),
            _("From today on. What was overdue is overdue again."),
            _("Let these be owed again"),
        ),
        SCOPE: (
            _("Bring it into scope"),
            _("At first, or again: from a day on it has to disclose."),
            _("Bring into scope"),
        ),
        LEFT: (
            _("Note that it left"),
            _("It was dissolved, or is out of scope: from a day on it owes nothing new."),
            _("Note that it left"),
        ),
    }


def _is_of(deed: str, name: str) -> bool:
    return name.startswith(f"{deed}-")


def _exempt(by: Actor, slug: str, typed: Typed) -> None:
    standings.exempt_agency(
        by, slug, typed.decision, from_on=typed.day("from_on"), until_on=typed.day("until_on")
    )


def _exempt_duties(by: Actor, slug: str, typed: Typed) -> None:
    rules = obligations.rules_of(settings())
    standings.exempt_duties(by, slug, typed.decision, duties=typed.duties, rules=rules)


def _owe_again(by: Actor, slug: str, typed: Typed) -> None:
    standings.owe_duties_again(by, slug, typed.decision, duties=typed.duties)


def _bring_into_scope(by: Actor, slug: str, typed: Typed) -> None:
    from_on = typed.day("from_on")
    standings.bring_into_scope(
        by,
        slug,
        typed.decision,
        from_on=from_on,
        rules=obligations.rules_of(settings()),
        is_past_confirmed=from_on is not None
        and typed.text("past_confirmed") == from_on.isoformat(),
    )


def _note_left(by: Actor, slug: str, typed: Typed) -> None:
    standings.note_left(by, slug, typed.decision, from_on=typed.day("from_on"))


DEEDS: Mapping[str, Callable[[Actor, str, Typed], None]] = {
    EXEMPT: _exempt,
    EXEMPT_DUTY: _exempt_duties,
    AGAIN: _owe_again,
    SCOPE: _bring_into_scope,
    LEFT: _note_left,
}
