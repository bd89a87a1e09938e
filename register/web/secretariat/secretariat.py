"""What the secretariat and auditors watch over: bodies, duties, determinations, withholding."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from register.errors import Invalid
from register.services.audit import non_public
from register.services.directory import bodies
from register.services.filings import determinations
from register.standard.lifecycle import Role
from register.web.guard import actor, audience
from register.web.languages import gettext as _
from register.web.parameters import id_asked
from register.web.secretariat import (
    agency_list,
    agency_screens,
    body_forms,
    secretariat_screens,
    standing_forms,
)
from register.web.showing import duties
from register.web.wiring import settings

blueprint = Blueprint("secretariat", __name__)
WATCHERS = (Role.SECRETARIAT, Role.AUDITOR)
PAGE = 50


@blueprint.get("/review/agencies")
@audience(Role.SECRETARIAT)
def agencies() -> str:
    """Every public body with its standing and its duties, and a form to add one."""
    return agency_list.agencies_screen(actor(), {})


@blueprint.post("/review/agencies")
@audience(Role.SECRETARIAT)
def add_agency() -> Response | tuple[str, int]:
    """Add a public body to the directory."""
    try:
        made = bodies.add_body(actor(), body_forms.typed(), rules=duties.rules())
    except Invalid as error:
        return agency_list.agencies_screen(actor(), error.errors), 422
    flash(_("The public body is in the directory."), "success")
    return redirect(url_for("secretariat.agency", slug=made.slug), 303)


@blueprint.get("/review/agencies/<slug>")
@audience(Role.SECRETARIAT)
def agency(slug: str) -> str:
    """One public body: duties, standing, filings, people."""
    return agency_screens.agency_screen(actor(), slug, {})


@blueprint.post("/review/agencies/<slug>")
@audience(Role.SECRETARIAT)
def change_agency(slug: str) -> Response | tuple[str, int]:
    """Change what the directory says of it."""
    try:
        bodies.change_body(actor(), body_forms.typed(slug))
    except Invalid as error:
        return agency_screens.agency_screen(actor(), slug, error.errors), 422
    flash(_("The directory is changed."), "success")
    return redirect(url_for("secretariat.agency", slug=slug), 303)


@blueprint.post("/review/agencies/<slug>/standing")
@audience(Role.SECRETARIAT)
def decide_standing(slug: str) -> Response | tuple[str, int]:
    """Exempt it or one duty of it, bring it into scope, or note that it left."""
    try:
        standing_forms.decide(actor(), slug, request.form.get("deed", ""))
    except Invalid as error:
        return agency_screens.agency_screen(actor(), slug, error.errors), 422
    flash(_("The decision is noted."), "success")
    return redirect(url_for("secretariat.agency", slug=slug), 303)


@blueprint.get("/review/determinations")
@audience(*WATCHERS)
def determined() -> str:
    """The ledger of determinations, of all agencies or one."""
    must = request.args.get("must", "")
    found = determinations.list_determinations(
        actor(),
        request.args.get("agency") or None,
        must={"yes": True, "no": False}.get(must),
        older_than=id_asked("before"),
        limit=PAGE,
    )
    return secretariat_screens.determinations_screen(found, is_full=len(found) == PAGE)


@blueprint.get("/review/withholding")
@audience(*WATCHERS)
def withholding() -> str:
    """Withheld answers that are to be looked at again."""
    return secretariat_screens.withholding_screen(
        actor(), "secretariat.withholding", "secretariat.record"
    )


@blueprint.get("/filing/withholding")
@audience(Role.OFFICER, Role.APPROVER)
def own_withholding() -> str:
    """The same, of the own agency."""
    return secretariat_screens.withholding_screen(
        actor(), "secretariat.own_withholding", "filing.tasks"
    )


@blueprint.get("/review/records")
@audience(*WATCHERS)
def records() -> Response | str:
    """Ask which record is to be read with what is not public."""
    reference = request.args.get("reference", "").strip().upper()
    if reference:
        return redirect(url_for("secretariat.record", reference=reference[:40]), 303)
    return render_template("secretariat/records.html", back=secretariat_screens.way_back(actor()))


@blueprint.get("/review/records/<reference>")
@audience(*WATCHERS)
def record(reference: str) -> str:
    """A published record with everything in it; that it was read is recorded."""
    shown = non_public.read_record(actor(), reference, id_asked("version"), settings().base_url)
    return secretariat_screens.record_screen(shown)
