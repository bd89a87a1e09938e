"""What arrived after its sender's session had ended: shown again, and sent again."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from register.services.filings import kept
from register.services.filings.kept import Kept
from register.web.guard import SIGNED_IN, actor, audience
from register.web.languages import gettext as _
from register.web.showing import words
from register.web.showing.showing import moment_text

blueprint = Blueprint("kept", __name__, url_prefix="/account/kept")


@blueprint.get("/<int:number>")
@audience(*SIGNED_IN)
def offer(number: int) -> str:
    """Show what was kept, and send it again at the press of a button."""
    found = kept.get_kept(actor(), number)
    joined = "&" if "?" in found.path else "?"
    return render_template(
        "account/kept.html",
        when=moment_text(found.at),
        words=words.readable(found.fields),
        fields=found.fields,
        action=f"{found.path}{joined}kept={number}",
        discard_href=url_for("kept.discard", number=number),
    )


@blueprint.post("/<int:number>/discard")
@audience(*SIGNED_IN)
def discard(number: int) -> AnyResponse:
    """Forget it."""
    kept.discard(actor(), kept.get_kept(actor(), number).number)
    flash(_("What was kept is discarded."), "success")
    return redirect(url_for("account.home"), 303)


@blueprint.after_app_request
def forget_what_arrived(response: Response) -> Response:
    """Keep a form no longer once it was sent again and taken."""
    if request.method == "POST" and g.get("actor") and response.status_code < 400:
        for number in request.args.getlist("kept"):
            if number.isascii() and number.isdecimal() and len(number) < 10:
                kept.discard(g.actor, int(number))
    return response


def kept_links(listed: list[Kept]) -> list[dict[str, str]]:
    """Give a link to each form that is kept, by when it was sent."""
    return [
        {
            "text": _("What you sent at %(when)s", when=moment_text(each.at)),
            "href": url_for("kept.offer", number=each.number),
        }
        for each in listed
    ]
