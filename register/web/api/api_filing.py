"""Filing by a program: the same deeds as on an officer's desk, done with a token."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from flask import Response, request, url_for

from register import clock
from register.errors import Conflict, Invalid, Unprocessable
from register.schemas.sending import ChangeHeaders, Draft, HandedIn, NewDraft, NewHeaders
from register.services.accounts.tokens import Scope
from register.services.exports.exports import as_json
from register.services.filings import drafting, filing
from register.services.filings.filing_facts import Filing
from register.services.filings.once import once
from register.standard.content import Content
from register.standard.lifecycle import DraftState
from register.standard.marking import _
from register.web.answering import as_response
from register.web.bearers import by_token
from register.web.calls import Call, Calls
from register.web.guard import actor, csrf
from register.web.languages import say
from register.web.refusing import Refused
from register.web.wiring import settings

blueprint = Calls(
    "api_filing", __name__, _("Filing"), _("For programs of officers and approvers, by a token.")
)
csrf.exempt(blueprint)  # no cookie opens anything here, so no foreign page can use one
#: An answer as JSON, and whether it is the one of before.
Told = tuple[str, bool]
ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


@blueprint.on(
    "POST",
    "/disclosures",
    Call(
        summary=_("Begin a filing"),
        description=_(
            "The draft is your agency's and may be unfinished; to_mend says what stands in the way "
            "of handing it in. What has the wrong shape is refused, and nothing is kept."
        ),
        headers=NewHeaders,
        body=NewDraft,
        status=201,
        answer="Filing",
        told=("Location", "Idempotency-Replayed"),
        refused=(404, 409),
    ),
)
@by_token(Scope.FILE)
def begin(headers: Mapping[str, Any], sent: Mapping[str, Any]) -> Response:
    """Begin a filing of the own agency with a draft, finished or not."""

    def deed() -> Filing:
        return drafting.begin(
            actor(),
            settings().reference_prefix,
            _content(sent),
            determination=sent.get("determination"),
        )

    return _answer(headers, deed, status=201)


@blueprint.on(
    "GET",
    "/disclosures/<reference>/draft",
    Call(
        summary=_("Read a draft"),
        description=_(
            "Where no draft is in work, it is what a new version would begin from: what is "
            "published."
        ),
        answer="FilingWithDraft",
    ),
)
@by_token(Scope.FILE)
def draft(reference: str) -> Response:
    """The draft of a filing of the own agency, or what a new version of it would begin from."""
    found = filing.get_filing(actor(), reference)
    # What was erased is a matter of the version that had it: a new one is asked for it anew.
    found = replace(found, content=replace(found.content, erased=()))
    response = as_response({**_facts(found), **_what_it_says(found), "to_mend": _to_mend(found)})
    response.headers["ETag"] = _etag(found)
    return response


@blueprint.on(
    "PUT",
    "/disclosures/<reference>/draft",
    Call(
        summary=_("Replace a draft"),
        description=_(
            "What the draft does not say is not said any more. Of what is published, this begins a "
            "new version."
        ),
        headers=ChangeHeaders,
        body=Draft,
        answer="Filing",
        told=("Idempotency-Replayed",),
        refused=(409, 412, 428),
    ),
)
@by_token(Scope.FILE)
def keep(reference: str, headers: Mapping[str, Any], sent: Mapping[str, Any]) -> Response:
    """Put a draft in the place of the one that is there, or begin a new version with it."""
    seen = _seen(headers)

    def deed() -> Filing:
        return drafting.keep(actor(), reference, _content(sent), lock_version=seen)

    return _answer(headers, deed, partial(_if_unchanged, reference, seen))


@blueprint.on(
    "POST",
    "/disclosures/<reference>/submit",
    Call(
        summary=_("Hand a draft in"),
        description=_("From here on a second person decides. No program can publish anything."),
        headers=ChangeHeaders,
        body=HandedIn,
        answer="Filing",
        told=("Idempotency-Replayed",),
        refused=(409, 412, 428),
    ),
)
@by_token(Scope.FILE)
def submit(reference: str, headers: Mapping[str, Any], sent: Mapping[str, Any]) -> Response:
    """Hand the draft to whoever decides on it."""
    seen, note = _seen(headers), sent.get("change_note")

    def deed() -> Filing:
        return filing.submit(actor(), reference, lock_version=seen, change_note=note)

    return _answer(headers, deed, partial(_if_unchanged, reference, seen))


def _at_once(do: Callable[[], Told]) -> Told:
    return do()


def _answer(
    headers: Mapping[str, Any],
    deed: Callable[[], Filing],
    guard: Callable[[Callable[[], Told]], Told] = _at_once,
    *,
    status: int = 200,
) -> Response:
    """Do a deed, once if it was given a key, and tell how the filing stands after it.

    ``guard`` stands around the whole transaction: it may fail at its very end.
    """

    def told() -> str:
        done = deed()
        gaps = {} if done.draft_state is DraftState.SUBMITTED else _to_mend(done)
        return as_json({"etag": _etag(done), "body": {**_facts(done), "to_mend": gaps}})

    key = headers.get("key")
    try:
        text, is_old = guard(
            lambda: once(actor(), key, _hash(headers), told) if key else (told(), False)
        )
    except Unprocessable:
        raise
    except Invalid as error:
        raise Unprocessable(error.args[0], error.errors) from error
    answer = json.loads(text)
    response = as_response(answer["body"])
    response.status_code = status
    response.headers["ETag"] = answer["etag"]
    if status == 201:
        reference = answer["body"]["reference"]
        place = url_for("api_filing.draft", reference=reference)
        response.headers["Location"] = settings().base_url + place
    if is_old:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _if_unchanged(reference: str, seen: int, do: Callable[[], Told]) -> Told:
    """Do a deed on the state that its sender saw, or tell which one there is now."""
    try:
        return do()
    except Conflict as error:
        now = filing.get_filing(actor(), reference)
        if now.lock_version == seen:
            raise
        text = _("The draft is not in the state that you name any more. Nothing was kept.")
        way_out = _("Read the draft again, and send what you want to keep on top of it.")
        headers = {"ETag": _etag(now)}
        raise Refused(412, text, {"If-Match": [way_out]}, headers=headers) from error


def _seen(headers: Mapping[str, Any]) -> int:
    """Read which state of the draft its sender saw; a proxy may have marked the tag as weak."""
    match = ETAG.fullmatch(headers["if_match"].strip())
    if match is None:
        text = _("The header If-Match takes the ETag of the last answer about the draft.")
        raise Refused(428, text, {"If-Match": [text]})
    return int(match[1])


def _hash(headers: Mapping[str, Any]) -> str:
    """Tell one request from another: by what is asked for, on which state, and what was sent."""
    state = _seen(headers) if "if_match" in headers else ""
    said = f"{request.method} {request.path} {state}\n".encode() + request.get_data()
    return hashlib.sha256(said).hexdigest()


def _content(sent: Mapping[str, Any]) -> Content:
    return Content(
        answers=sent["answers"],
        withheld=tuple(sent.get("withheld", ())),
        translations=sent.get("translations", {}),
    )


def _etag(found: Filing) -> str:
    return f'"{found.lock_version}"'


def _facts(found: Filing) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "url": f"{settings().base_url}/filing/{found.reference}",
        "agency": found.body.slug,
        "status": found.status.value,
        "version": found.version,
        "draft_state": found.draft_state.value,
        "standard": found.standard,
        "saved_at": _stamp(found.saved_at),
        "submitted_at": _stamp(found.submitted_at),
    }


def _stamp(moment: datetime | None) -> str | None:
    return clock.stamp(moment) if moment else None


def _what_it_says(found: Filing) -> dict[str, Any]:
    return {
        **found.content.to_json(),
        "change_note": dict(found.change_note) or None,
        "return_reason": found.return_reason or None,
        "comments": dict(found.comments),
    }


def _to_mend(found: Filing) -> dict[str, list[str]]:
    gaps = drafting.find_gaps(found)
    return {path: [say(text) for text in texts] for path, texts in gaps.items()}
