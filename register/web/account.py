"""Coming in and going out."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from register.config import LANGUAGE_NAMES
from register.errors import NotAllowed, TooMany
from register.services.accounts import people
from register.services.filings import kept
from register.standard.lifecycle import ROLE_LABELS, Role
from register.web.filing.kept import kept_links
from register.web.guard import EVERYBODY, SIGNED_IN, actor, audience, csrf, safe_next
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.templating import DESKS, LIGHT_FONT
from register.web.wiring import settings

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("/")
@audience(*SIGNED_IN)
def home() -> str:
    """Say who I am, and where my desk is."""
    person = actor()
    has_desk = person.role is not Role.ADMINISTRATOR
    return render_template(
        "account/home.html",
        person={
            "name": person.name,
            "email": person.email,
            "role_label": say(ROLE_LABELS[person.role]),
            "agency": person.agency,
            "desk_href": url_for(DESKS[person.role]) if has_desk else None,
        },
        kept=kept_links(kept.list_kept(person)),
        letter_languages=[
            {
                "value": code,
                "label": LANGUAGE_NAMES.get(code, code),
                "checked": code == person.language,
            }
            for code in settings().languages
        ],
    )


@blueprint.post("/language")
@audience(*SIGNED_IN)
def language() -> Response:
    """Remember in which language somebody wants to be written to."""
    people.set_language(actor(), request.form.get("language", ""), settings().languages)
    flash(_("From now on we write to you in this language."), "success")
    return redirect(url_for("account.home"), 303)


@blueprint.get("/sign-in")
@audience(EVERYBODY)
def sign_in() -> str | Response:
    """Ask for address and password."""
    if g.actor is not None:
        return redirect(url_for(DESKS[g.actor.role]), 303)
    return _sign_in_page("", {})


@blueprint.post("/sign-in")
@audience(EVERYBODY)
def open_session() -> Response | tuple[str, int]:
    """Check them, and open a session with a new secret."""
    email = request.form.get("email", "")[:254]
    password = request.form.get("password", "")[:1024]
    errors = {}
    if not email.strip():
        errors["email"] = [_("Enter your e-mail address.")]
    if not password:
        errors["password"] = [_("Enter your password.")]
    if errors:
        return _sign_in_page(email, errors), 422
    try:
        token = people.sign_in(email, password, address=request.remote_addr or "")
    except (NotAllowed, TooMany) as error:
        status = 429 if isinstance(error, TooMany) else 422
        return _sign_in_page(email, {"email": [say(error.args[0])]}), status
    session.clear()
    session["token"] = token
    person = people.find_actor(token)
    home_page = url_for(DESKS[person.role]) if person else url_for("public.home")
    return redirect(safe_next(request.form.get("next", "")) or home_page, 303)


@blueprint.post("/sign-out")
@audience(*SIGNED_IN)
def sign_out() -> Response:
    """End the session, here and on the server."""
    people.sign_out(session.get("token", ""))
    session.clear()
    return redirect(url_for("public.home"), 303)


@blueprint.post("/font")
@csrf.exempt  # type: ignore[untyped-decorator]
@audience(EVERYBODY)
def font() -> Response:
    """Remember which Urdu font the reader wants. It is a matter of taste, and needs no proof."""
    back = request.referrer or ""
    path = back.removeprefix(request.host_url.rstrip("/"))
    response = redirect(safe_next(path) or url_for("public.home"), 303)
    value = "yes" if request.form.get("font") == "light" else "no"
    response.set_cookie(
        LIGHT_FONT, value, max_age=31_536_000, samesite="Lax", secure=settings().is_https
    )
    return response


def _sign_in_page(email: str, errors: dict[str, list[str]]) -> str:
    target = request.values.get("next", "")
    return render_template(
        "account/sign_in.html",
        action=url_for("account.sign_in"),
        next_href=safe_next(target),
        email=email,
        errors=[{"text": texts[0], "href": f"#{name}"} for name, texts in errors.items()],
        field_errors=errors,
        is_restored="/account/kept/" in target,
        sample_accounts=None,
    )
