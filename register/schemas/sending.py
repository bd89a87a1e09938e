"""What a program sends to file, in marshmallow's words: read and documented from the same.

Only the outer shape is told here. What stands in it is judged by :mod:`register.schemas.validate`,
as it is for everybody; ``x-part`` names what the document says of it, as the standard does.
"""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from register.schemas.kinds import LANGUAGE, LIST, MAPPING, Sentences, Texts
from register.schemas.whole import Whole
from register.standard.marking import _

HOW_NUMBERED = _("Enter a whole number, such as 1200.")
NUMBER: Sentences = {"invalid": HOW_NUMBERED}
KEY = r"[\x21-\x7e]{1,255}"
UNKNOWN: dict[str, str] = {
    "unknown": _("This call takes nothing of this name."),
    "type": _("This must be a set of named values."),
}
NEEDED: Sentences = {"required": _("This call needs this."), "null": _("This call needs this.")}
LONGEST_NOTE = 2000


class _Sent(Schema):
    error_messages = UNKNOWN

    class Meta:
        """How marshmallow treats what is not declared."""

        unknown = RAISE


class Nothing(_Sent):
    """No parameter at all."""


class Draft(_Sent):
    """A draft as a whole: what it does not say is not said."""

    answers = fields.Dict(
        required=True,
        error_messages=MAPPING | NEEDED,
        metadata={
            "x-part": "Answers",
            "description": _("The answers by the name of the question."),
        },
    )
    withheld = fields.List(
        fields.Raw(allow_none=True),
        error_messages=LIST,
        metadata={
            "x-part": "Withheld",
            "description": _(
                "What the public is not told, and on which ground. Who decided and when is noted "
                "by the register."
            ),
        },
    )
    translations = fields.Dict(
        error_messages=MAPPING,
        metadata={
            "x-part": "Translations",
            "description": _("How a text came about, by question and language."),
        },
    )


class NewDraft(Draft):
    """A draft of a new filing."""

    determination = fields.Integer(
        strict=True,
        error_messages=NUMBER,
        validate=validate.Range(min=1, max=2**31 - 1, error=HOW_NUMBERED),
        metadata={
            "description": _(
                "The number of the check that says that the system must be disclosed, if there is "
                "one."
            )
        },
    )


class HandedIn(_Sent):
    """What is said when a draft is handed in."""

    change_note = Texts(
        keys=fields.String(
            validate=Whole(LANGUAGE.pattern, error=_("This is not a language code."))
        ),
        values=fields.String(
            validate=validate.Length(1, LONGEST_NOTE, error=_("Say it in 1 to 2000 characters.")),
            error_messages={"invalid": _("This must be text.")},
        ),
        error_messages=MAPPING,
        metadata={
            "description": _(
                "What changed since the last version and why, by language; the public reads it. "
                "An amendment needs it."
            )
        },
    )


def _key(**more: Any) -> fields.Field[Any]:
    sentence = _("Use 1 to 255 visible ASCII characters, new for each thing that is done.")
    told = _(
        "A name of your own for what is to be done once. Sent again within seven days, it is "
        "answered as it was and nothing is done."
    )
    return fields.String(
        data_key="Idempotency-Key",
        validate=Whole(KEY, error=sentence),
        metadata={"description": told},
        **more,
    )


class NewHeaders(Schema):
    """The header that keeps what is sent twice from being done twice."""

    key = _key(
        required=True,
        error_messages={"required": _("Give a key, so that what is sent twice is done once.")},
    )


class ChangeHeaders(Schema):
    """The header that says which state of a draft its sender saw, and the other one beside it."""

    key = _key()
    if_match = fields.String(
        data_key="If-Match",
        required=True,
        metadata={
            "pattern": r'^(W/)?"[0-9]{1,9}"$',
            "description": _(
                "The ETag of the draft as you know it. If it changed in between, nothing is done."
            ),
        },
    )
