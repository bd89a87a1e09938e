"""What somebody typed, given back to be read and copied wherever it could not be taken."""

from collections.abc import Iterable
from typing import Any

from flask import current_app, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

from register.config import LANGUAGE_NAMES
from register.forms.asking import DATE_PARTS, YES_NO
from register.forms.sections import CONTROLS
from register.standard import CURRENT
from register.standard.field import Field, Kind
from register.web.languages import gettext as _
from register.web.languages import say

Pairs = list[tuple[str, str]]
NEVER_GIVEN_BACK = "password"
LONGEST_NAME = 100
MOST_APART = 200  # of what was typed; the rest is given in one


def sent() -> Pairs:
    """Give what was posted, in order, without the token and without secrets."""
    listed = request.form.items(multi=True) if request.method == "POST" else ()
    return [
        (n, text) for n, text in listed if n != "csrf_token" and NEVER_GIVEN_BACK not in n.lower()
    ]


def has_secret() -> bool:
    """Tell whether a password is among what was posted: of such a form nothing is given back."""
    return any(NEVER_GIVEN_BACK in name.lower() for name in request.form)


def has_words(pairs: Pairs) -> bool:
    """Tell whether anything was typed or chosen."""
    return any(text.strip() and name not in CONTROLS for name, text in pairs)


def is_from_here() -> bool:
    """Tell whether a page of our own sent this: to a stranger no words are given back.

    It has a session of ours, or had one: whoever lost the cookie still sends the form's token,
    which only we can sign.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    return bool(session) or _is_signed(request.form.get("csrf_token", ""))


def _is_signed(token: str) -> bool:
    # As Flask-WTF signs it.
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")
    try:
        signer.loads(token)
    except BadData:
        return False
    return True


def typed() -> list[dict[str, Any]]:
    """Give what was posted with this request, readable; nothing of a form with a password."""
    if request.method != "POST" or has_secret():
        return []
    return readable(sent())


def readable(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Give fields with the words of their questions, those that say nothing left out.

    No word is lost, and no form becomes a page of boxes without end: what comes after the first
    :data:`MOST_APART` stands together in the last one, by the names of its inputs.
    """
    telling = [
        (name, text)
        for name, text in pairs
        if text.strip() and name not in CONTROLS and not name.endswith("-status")
    ]
    shown = [_shown(_label(name), _chosen(name, text)) for name, text in telling[:MOST_APART]]
    rest = "\n".join(f"{name}: {text}" for name, text in telling[MOST_APART:])
    return [*shown, _shown(_("Everything else"), rest)] if rest else shown


def _shown(label: str, text: str) -> dict[str, Any]:
    return {"label": label, "text": text, "is_long": len(text) > 60}


def _label(name: str) -> str:
    """Give the question that a field belongs to, down to entry, part and language."""
    about, field, steps = _question(name)
    if field is None:
        told = [_others().get(about, about), *map(_ending, steps)]
        return " – ".join(told)[:LONGEST_NAME]
    told = [_others()[about]] if about else []
    told.append(say(field.label))
    for step in steps:
        part = _part(field, step)
        told.append(say(part.label) if part else _ending(step))
        field = part or (CURRENT.field("withheld") if about == "withhold" else field)
    return " – ".join(told)


def _question(name: str) -> tuple[str, Field | None, list[str]]:
    """Take a name apart: what it is about besides an answer, the question, and the steps within."""
    steps = name[:LONGEST_NAME].split("-")
    about = steps.pop(0) if steps[0] in {"withhold", "comment"} and len(steps) > 1 else ""
    try:
        return about, CURRENT.field(steps[0]), steps[1:]
    except KeyError:
        return about or steps[0], None, steps if about else steps[1:]


def _part(field: Field, name: str) -> Field | None:
    return next((part for part in field.parts if part.name == name), None)


def _others() -> dict[str, str]:
    return {
        "change_note": _("What did you change, and why?"),
        "comment": _("Comment on this answer"),
        "reason": _("What needs to change?"),
        "withhold": _("Withhold this answer from the public"),
    }


def _ending(step: str) -> str:
    if step.isdecimal() and len(step) < 4:
        return _("Entry %(number)s", number=int(step) + 1)
    labels = dict(DATE_PARTS)
    return say(labels[step]) if step in labels else LANGUAGE_NAMES.get(step, step)


def _chosen(name: str, text: str) -> str:
    """Give the words of a chosen option, or the text as it was typed."""
    _about, field, steps = _question(name)
    for step in steps:
        field = (_part(field, step) if field else None) or field
    if field is None:
        return text
    options = YES_NO if field.kind is Kind.YES_NO else field.options
    return next((say(option.label) for option in options if option.value == text), text)
