"""What stands in a letter, and what no name can put there."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.mail import wording
from register.mail.letters import House, Letter, compose

HOUSE = House(
    base_url="https://register.example",
    languages=("en", "ur"),
    service_name={"en": "AI Register", "ur": "مصنوعی ذہانت کا رجسٹر"},
    sender="AI Register <letters@register.example>",
)
DETAILS = {
    "name_texts": {"en": "Flood <b>sorter</b>", "ur": "سیلاب"},
    "agency_texts": {"en": "City", "ur": "شہر"},
    "reference": "AIR-2026-00001",
    "path": "/review/AIR-2026-00001",
}
HOSTILE = (
    "Sorter\r\nBcc: thief@evil.example",
    "Sorter\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "Sorter\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029To: thief@evil.example",
    "\u202egnp.exe \u2066 %(reference)s %s %d",
    "=?utf-8?q?=0D=0ABcc:_thief@evil.example?=",
)


def letter(kind: str = "submitted", language: str = "en", **details: Any) -> Letter:
    made = {**DETAILS, **details}
    return Letter(recipient="a@b.example", language=language, kind=kind, key="key", details=made)


def sent(what: Letter) -> EmailMessage:
    """The letter as it is read at the other end."""
    read: Any = message_from_bytes(compose(what, HOUSE).as_bytes(), policy=policy.default)
    return read


def body(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def shown(html: str) -> str:
    """What a mail program shows of HTML."""
    reader = HTMLParser()
    texts: list[str] = []
    reader.handle_data = texts.append  # type: ignore[method-assign]
    reader.feed(html)
    return "".join(texts)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", wording.KINDS)
def test_no_name_adds_a_header_or_markup(kind: str, name: str) -> None:
    plain = sent(letter(kind))

    message = sent(letter(kind, name_texts={"en": name}, agency_texts={"en": name}))

    assert message.keys() == plain.keys()
    assert message["To"] == "a@b.example"
    assert "Bcc" not in message
    assert "<script" not in body(message, "html")
    assert re.search("[\u202a-\u202e\u2066\u2067]", body(message)) is None


@given(st.text(max_size=300) | st.text("=?utf-8QqB_:\r\n 0DA", max_size=60))
def test_any_name_at_all_arrives_on_one_line(name: str) -> None:
    message = sent(letter(name_texts={"en": name}))

    subject = str(message["Subject"])
    assert subject.startswith("Waiting for your decision:")
    assert len(subject.splitlines()) == 1
    assert message["To"] == "a@b.example"


def test_a_letter_says_what_a_machine_wants_to_know_of_it() -> None:
    message = sent(letter())

    assert message["From"] == "AI Register <letters@register.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert message["Message-ID"] == sent(letter())["Message-ID"]
    assert str(message["Message-ID"]).endswith("@register.example>")


def test_a_letter_names_the_filing_and_links_to_it_in_the_language_of_the_reader() -> None:
    english, urdu = sent(letter()), sent(letter(language="ur"))

    assert "Flood <b>sorter</b>" in body(english)
    assert "Flood <b>sorter</b>" in shown(body(english, "html"))
    assert "\nhttps://register.example/review/AIR-2026-00001\n" in body(english)
    assert "\nhttps://register.example/ur/review/AIR-2026-00001\n" in body(urdu)
    assert "سیلاب" in body(urdu)


def test_an_urdu_letter_runs_from_the_right() -> None:
    message = sent(letter(language="ur"))

    lines = [line for line in body(message).splitlines() if line]
    assert all(line.startswith(("\u200f", "https://")) for line in lines)
    assert '<body lang="ur" dir="rtl">' in body(message, "html")
    assert message["Content-Language"] == "ur"
    assert "مصنوعی ذہانت کا رجسٹر" in body(message)
    assert "\u2068AIR-2026-00001\u2069" in body(message)


def test_a_language_that_the_register_does_not_speak_becomes_its_first() -> None:
    assert sent(letter(language="xx"))["Content-Language"] == "en"


def test_a_filing_without_a_name_is_named_all_the_same() -> None:
    assert "Without a name yet" in body(sent(letter(name_texts={})))


def test_a_reminder_lists_the_most_urgent_duties_with_their_days() -> None:
    duty = {"kind": "confirmation", "day": "2026-11-23", "path": "/filing/AIR-1/renew"}
    steps = [{"step": "overdue", "duties": [{**duty, "reference": "AIR-1", "name_texts": {}}]}]

    message = sent(letter("reminder", steps=steps))

    assert "Overdue:" in body(message)
    assert "November 23, 2026" in body(message)
    assert "https://register.example/filing/AIR-1/renew" in body(message)


@pytest.mark.parametrize(
    ("steps", "subject"),
    [
        (["60"], "Due soon: what City has to file"),
        (["overdue"], "Overdue: what City has to file"),
        (["overdue", "7"], "Overdue and due soon: what City has to file"),
    ],
)
def test_the_subject_of_a_reminder_says_whether_anything_is_overdue(
    steps: list[str], subject: str
) -> None:
    message = sent(letter("reminder", steps=[{"step": step, "duties": []} for step in steps]))

    assert message["Subject"] == subject


@pytest.mark.parametrize("name", HOSTILE)
def test_a_letter_about_bodies_with_nobody_names_and_links_each(name: str) -> None:
    bodies = [
        {"agency_texts": {"en": each}, "count": "3", "day": "2026-01-31", "path": f"/review/{n}"}
        for n, each in enumerate(("City", name))
    ]

    message = sent(letter("unattended", bodies=bodies))

    assert "\u2068City\u2069. Duties that are overdue: \u20683\u2069" in body(message)
    assert "January 31, 2026" in body(message)
    assert "\nhttps://register.example/review/1\n" in body(message)
    assert "<script" not in body(message, "html")


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", "a\r\nBcc: c@d", "a b", "<a@b"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    wrong = Letter(recipient=address, language="en", kind="submitted", key="k", details=DETAILS)

    with pytest.raises(ValueError, match=r".+"):
        compose(wrong, HOUSE)


@pytest.mark.parametrize("code", ["en", "ur"])
def test_every_kind_of_duty_and_letter_has_its_words(code: str) -> None:
    duty = {"day": "2026-11-23", "reference": "AIR-1", "period": "2026", "path": "/filing/"}
    steps = [
        {"step": step, "duties": [{**duty, "kind": kind} for kind in wording.DUTY_SENTENCES]}
        for step in wording.STEP_HEADINGS
    ]

    for kind in wording.KINDS:
        assert "%(" not in body(sent(letter(kind, code, steps=steps)))
