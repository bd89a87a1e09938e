"""The desk of those who keep accounts, and the pages that an invitation leads to."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid, NotFound
from register.services.accounts import invitations, people, staff
from register.services.accounts.invitations import Chosen, Wanted
from register.standard.lifecycle import Role
from register.web.guard import EVERYBODY, actor, audience, safe_next
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.secretariat import account_screens
from register.web.wiring import settings

blueprint = Blueprint("accounts", __name__)
KEEPERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)
INVITATION = "invitation"


@blueprint.get("/admin/accounts")
@audience(*KEEPERS)
def listed() -> str:
    """Who has an account, and a form to invite somebody."""
    return account_screens.list_screen(actor(), {})


@blueprint.post("/admin/accounts")
@audience(*KEEPERS)
def invite() -> Response | str | tuple[str, int]:
    """Send a link, or show it once where no mail is sent."""
    form, person = request.form, actor()
    wanted = Wanted(
        email=form.get("email", "")[:300],
        role=form.get("role", ""),
        agency=form.get("agency", ""),
        language=_language(),
    )
    try:
        link = invitations.invite(person, wanted, _link, by_mail=_by_mail())
    except Invalid as error:
        return account_screens.list_screen(person, error.errors), 422
    return _sent(wanted.email, link)


@blueprint.post("/admin/accounts/link")
@audience(*KEEPERS)
def invite_again() -> Response | str:
    """Send a new link to somebody who has an account or was invited."""
    email, by_mail = request.form.get("email", ""), _by_mail()
    link = invitations.invite_again(actor(), email, _link, by_mail=by_mail)
    return _sent(email, link)


@blueprint.post("/admin/accounts/take-back")
@audience(*KEEPERS)
def take_back() -> Response:
    """Let the link of an invitation work no longer."""
    invitations.take_back(actor(), request.form.get("email", ""))
    return _back(_("The invitation is taken back. Its link works no longer."))


@blueprint.post("/admin/accounts/disable")
@audience(*KEEPERS)
def disable() -> Response:
    """Close an account."""
    staff.disable(actor(), request.form.get("email", ""))
    return _back(_("The account is disabled, and its sessions have ended."))


@blueprint.post("/admin/accounts/enable")
@audience(*KEEPERS)
def enable() -> Response:
    """Open a closed account again."""
    staff.enable(actor(), request.form.get("email", ""))
    return _back(_("The account is enabled again."))


@blueprint.get("/account/invitation/<token>")
@audience(EVERYBODY)
def open_invitation(token: str) -> Response:
    """Put the secret out of sight before any page is shown."""
    session[INVITATION] = token[:100]
    response = redirect(url_for("accounts.invitation"), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/account/invitation")
@audience(EVERYBODY)
def invitation() -> str | tuple[str, int]:
    """Ask for name, password and language."""
    try:
        found = invitations.get_invited(_token(), address=request.remote_addr or "")
    except NotFound as error:
        return _closed(error)
    return account_screens.invitation_screen(found, {})


@blueprint.post("/account/invitation")
@audience(EVERYBODY)
def accept() -> Response | str | tuple[str, int]:
    """Make the account or change its password, and lead to signing in."""
    form, address = request.form, request.remote_addr or ""
    chosen = Chosen(
        name=form.get("name", ""),
        password=form.get("password", "")[:1024],
        password_again=form.get("password_again", "")[:1024],
        language=_language(),
    )
    try:
        invitations.accept(_token(), chosen, address=address)
    except NotFound as error:
        return _closed(error)
    except Invalid as error:
        found = invitations.get_invited(_token(), address=address)
        return account_screens.invitation_screen(found, error.errors), 422
    people.sign_out(session.get("token", ""))
    session.clear()
    return redirect(url_for("accounts.welcome"), 303)


@blueprint.get("/account/welcome")
@audience(EVERYBODY)
def welcome() -> str:
    """Say that the account is ready, and where to sign in."""
    return render_template("accounts/welcome.html", sign_in_href=url_for("account.sign_in"))


def _sent(email: str, link: str) -> Response | str:
    if link:
        return render_template(
            "accounts/handed_over.html", email=email, link=link, back_href=_back_href()
        )
    return _back(_("A letter with a link is on its way to %(email)s.", email=email))


def _back(words: str) -> Response:
    flash(words, "success")
    return redirect(_back_href(), 303)


def _back_href() -> str:
    return safe_next(request.form.get("next", "")) or url_for("accounts.listed")


def _closed(error: NotFound) -> tuple[str, int]:
    session.pop(INVITATION, None)
    return render_template("accounts/closed.html", message=say(error.args[0])), 404


def _token() -> str:
    return str(session.get(INVITATION, ""))


def _by_mail() -> bool:
    return bool(settings().mail_url)


def _language() -> str:
    """Give the language that was chosen, or the first where it is none of the register's."""
    codes = settings().languages
    chosen = request.form.get("language", "")
    return chosen if chosen in codes else codes[0]


def _link(token: str, language: str) -> str:
    """Give the address of an invitation, in the language of who is invited."""
    prefix = "" if language == settings().languages[0] else f"/{language}"
    path = url_for("accounts.open_invitation", token=token)
    return settings().base_url + prefix + path.removeprefix(request.script_root)
