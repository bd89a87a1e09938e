"""Filing in a browser: the check, the first questions, and section by section."""

from itertools import cycle

from register.standard.content import Content
from register.standard.field import Kind, Section
from tests.browser.walker import Walker
from tests.journeys.answering import SECTIONS, inputs_of, sample
from tests.journeys.people import MUST

SAVE = ".app-form__end [name=save]"
COMPLETE = ".app-form__end [name=complete]"
SUBMIT = "form[action$='/check'] button"
PUBLISH = "form[action$='/publish'] button"
GO_ON = "main form.app-form button"


def called(name: str, english: str, urdu: str) -> Content:
    """A complete filing of the sample with a name that nothing else in the register has."""
    names = {"en": f"{english} planner", "ur": f"{urdu} منصوبہ"}
    return sample(name).with_answers(name=names)


def begin(walker: Walker, content: Content) -> str:
    """Ask whether it must be disclosed, and start a filing; give its reference."""
    walker.go("/filing/")
    walker.press(f"main a[href='{walker.way.prefix}/filing/must-disclose']")
    answers = {name: [answer] for name, answer in MUST.items()}
    walker.enter({**answers, "name": [content.answers["name"]["en"]]})
    walker.press(GO_ON)
    walker.press("main a[href*='/filing/new?']")
    walker.enter({"record_kind": [content.answers["record_kind"]]})
    walker.enter({f"name-{code}": [text] for code, text in content.answers["name"].items()})
    walker.press(GO_ON)
    return walker.path.rsplit("/", 1)[1]


def fill_in(reference: str, content: Content, *walkers: Walker) -> None:
    """Fill in every section that arises, in turns, and mark each as complete."""
    arising = [
        section
        for section in SECTIONS
        if any(field.is_asked(content.answers) for field in section.asked_fields)
    ]
    for section, walker in zip(arising, cycle(walkers), strict=False):
        fill_in_section(walker, reference, section, content)


def fill_in_section(walker: Walker, reference: str, section: Section, content: Content) -> None:
    """Fill in a section, with as many entries as it needs, and mark it as complete."""
    walker.go(f"/filing/{reference}/{section.name}")
    wanted = inputs_of(section, content)
    for field in section.asked_fields:
        entries = content.answers.get(field.name, ()) if field.kind is Kind.GROUPS else ()
        for number, _entry in enumerate(entries):
            if number:
                add_entry(walker, field.name)
            walker.enter(wanted, f"{field.name}-{number}-")
    walker.enter(wanted)
    walker.press(COMPLETE, is_looked_at=False)
    assert walker.path == f"filing/{reference}", walker.page.url


def add_entry(walker: Walker, name: str) -> None:
    """Add an empty entry to a list."""
    walker.press(f"button[name=add][value={name}]", is_looked_at=False)


def move_entry(walker: Walker, how: str, entry: str) -> None:
    """Move an entry up or down, or remove it."""
    walker.press(f"button[name={how}][value='{entry}']", is_looked_at=False)


def hand_in(walker: Walker, reference: str) -> None:
    """Look at all the answers, and submit them."""
    walker.go(f"/filing/{reference}/check")
    walker.press(SUBMIT)
    assert walker.path == f"filing/{reference}"


def publish(walker: Walker, reference: str) -> None:
    """Look at all the answers as a second person, and publish them."""
    walker.go(f"/review/{reference}")
    walker.press(PUBLISH)
    assert walker.path == f"disclosures/{reference}"
