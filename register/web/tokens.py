"""The page on which people make tokens for their programs, and revoke them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid
from register.services.accounts import tokens
from register.services.accounts.tokens import MOST_DAYS, USUAL_DAYS, Facts, Scope, TokenState
from register.standard.marking import _ as mark
from register.web.guard import SIGNED_IN, actor, audience
from register.web.languages import gettext as _
from register.web.languages import number_text, say
from register.web.secretariat.account_screens import error_links
from register.web.showing.showing import date_view

blueprint = Blueprint("tokens", __name__, url_prefix="/account/tokens")
SCOPE_LABELS = {
    Scope.READ: mark("Read what is public"),
    Scope.READ_AUDIT: mark("Read everything published, with what is not public"),
    Scope.FILE: mark("Write drafts and hand them in"),
}
STATE_LABELS = {
    TokenState.ACTIVE: (mark("Active"), "green"),
    TokenState.EXPIRED: (mark("Expired"), "grey"),
    TokenState.REVOKED: (mark("Revoked"), "grey"),
}
TERMS = (30, USUAL_DAYS, 180, MOST_DAYS)


@blueprint.get("")
@audience(*SIGNED_IN)
def listed() -> str:
    """The own tokens, and a form to make one."""
    return _page({})


@blueprint.post("")
@audience(*SIGNED_IN)
def make() -> str | tuple[str, int]:
    """Make a token and show its secret, this once."""
    form, person = request.form, actor()
    days = form.get("days", "")
    try:
        _number, secret = tokens.make(
            person,
            person.email,
            form.get("scope", ""),
            days=int(days) if days in map(str, TERMS) else 0,
            label=form.get("label", ""),
        )
    except Invalid as error:
        return _page(error.errors), 422
    return render_template(
        "account/token_made.html", secret=secret, back_href=url_for("tokens.listed")
    )


@blueprint.post("/<int:number>/revoke")
@audience(*SIGNED_IN)
def revoke(number: int) -> Response:
    """Let a token open nothing any more."""
    tokens.revoke(actor(), number)
    flash(_("The token is revoked. Programs that use it are shut out."), "success")
    return redirect(url_for("tokens.listed"), 303)


def _page(errors: Mapping[str, Sequence[str]]) -> str:
    person, typed = actor(), request.form
    scopes = [
        {"value": scope, "label": say(SCOPE_LABELS[scope]), "checked": typed.get("scope") == scope}
        for scope in tokens.scopes_of(person.role)
    ]
    chosen = typed.get("days") or str(USUAL_DAYS)
    return render_template(
        "account/tokens.html",
        tokens=[_view(each) for each in tokens.list_own(person)],
        label=typed.get("label", ""),
        scopes=scopes,
        terms=[
            {
                "value": days,
                "label": _("%(count)s days", count=number_text(days)),
                "checked": chosen == str(days),
            }
            for days in TERMS
        ],
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        errors=error_links(errors),
    )


def _view(each: Facts) -> dict[str, Any]:
    label, tone = STATE_LABELS[each.state]
    return {
        "id": each.id,
        "label": each.label,
        "scope": say(SCOPE_LABELS[Scope(each.scope)]),
        "state": say(label),
        "tone": tone,
        "is_active": each.state is TokenState.ACTIVE,
        "expires": date_view(each.expires_at.date().isoformat()),
        "used": date_view(each.used_at.date().isoformat()) if each.used_at else None,
    }
