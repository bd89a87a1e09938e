"""Long lists come a page at a time, whole and in order, and the address says which page."""

import re

import pytest

from register import clock
from register.search import PAGE_SIZE
from register.services.accounts import people
from register.services.directory import directory
from register.services.filings import determinations
from register.standard import CURRENT
from register.standard.lifecycle import DraftState, Status
from register.storage import agencies, templates, transaction
from register.storage.models import Agency, Disclosure, Template
from register.web.paging import MOST_ROWS
from tests.desk import make_desk
from tests.journeys.conftest import Town, in_scope_since
from tests.journeys.page import Page
from tests.services.test_determinations import YES

FURTHER = MOST_ROWS + 1
BODIES = [
    {"slug": f"body-{number:03}", "names": {"en": f"Body {number:03}"}, "level": "local"}
    for number in range(FURTHER)
]
TABLES = (
    "/agencies",
    "/coverage?level=local",
    "/review/agencies?level=local",
    "/review/agencies?level=local&only=no_officer&only=no_approver",
)


@pytest.fixture
def crowded(town: Town) -> Town:
    with town.app.app_context():
        directory.import_agencies(BODIES)
    return town


def rows(town: Town, address: str) -> list[str]:
    page = town.person("secretariat@register.example").get(address)
    heads = (each.text for each in page.root.all("th", scope="row"))
    return [head[:8] for head in heads if re.match(r"Body \d{3}", head)]


@pytest.mark.parametrize("address", TABLES)
def test_every_body_is_on_one_page_and_on_one_only(crowded: Town, address: str) -> None:
    sign = "&" if "?" in address else "?"

    first, second = (rows(crowded, f"{address}{sign}page={number}") for number in (1, 2))

    assert len(first) <= MOST_ROWS
    assert sorted(first + second) == [each["names"]["en"] for each in BODIES]  # type: ignore[index]


@pytest.mark.parametrize("address", TABLES)
def test_the_way_to_the_next_page_keeps_what_was_asked(crowded: Town, address: str) -> None:
    secretariat = crowded.person("secretariat@register.example")
    page = secretariat.get(address)

    onward = next(link for link in page.links() if "page=2" in link)
    for asked in ("level=local", "only=no_officer", "only=no_approver"):
        assert (asked in onward) == (asked in address)
    last = secretariat.get(onward.partition("#")[0])
    assert not any("page=3" in link for link in last.links())


@pytest.mark.parametrize("address", TABLES)
def test_past_the_end_is_the_last_page_and_no_number_is_refused(
    crowded: Town, address: str
) -> None:
    sign = "&" if "?" in address else "?"

    assert rows(crowded, f"{address}{sign}page=99") == rows(crowded, f"{address}{sign}page=2")
    for number in ("two", "-1", "٢", "1.0"):
        refused = crowded.person("secretariat@register.example").client.get(
            f"{address}{sign}page={number}"
        )
        assert refused.status_code == 400, number


LISTS = (
    ("approver", "/review/", "page"),
    ("approver", "/filing/", "waiting"),
    ("officer", "/filing/", "returned"),
    ("officer", "/filing/", "agenda"),
    ("officer", "/filing/determinations", "page"),
    ("officer", "/filing/templates", "own"),
    ("officer", "/filing/templates", "shared"),
)


@pytest.fixture
def busy(town: Town) -> Town:
    """An agency with one more of everything than a page holds."""
    with town.app.app_context(), transaction() as session:
        officer = people.get_actor("officer@city.example")
        in_scope_since(40)
        city, harbour = agencies.get_agency("city"), agencies.get_agency("harbour")
        for number in range(FURTHER):
            name = {"en": f"Thing {number:03}"}
            checked = {**YES, "name": name["en"], "since": clock.today().isoformat()}
            determinations.check(officer, checked)
            for state in (DraftState.SUBMITTED, DraftState.RETURNED):
                session.add(_filing(city, f"{state}-{number:03}", state, name))
            for agency, is_shared in ((city, False), (harbour, True)):
                templates.add_template(_template(agency, name, is_shared=is_shared))
    return town


def _filing(agency: Agency, reference: str, state: DraftState, name: dict[str, str]) -> Disclosure:
    return Disclosure(
        reference=reference,
        agency=agency,
        status=Status.UNPUBLISHED,
        draft_state=state,
        draft_content={"answers": {"name": name}},
        draft_standard=CURRENT.id,
        draft_saved_at=clock.now(),
        created_at=clock.now(),
    )


def _template(agency: Agency, names: dict[str, str], *, is_shared: bool) -> Template:
    return Template(
        agency_id=agency.id,
        names=names,
        content={},
        standard=CURRENT.id,
        is_shared=is_shared,
        is_removed=False,
        made_by_id=people.get_actor("officer@city.example").account_id,
    )


@pytest.mark.parametrize(("role", "path", "name"), LISTS)
def test_every_thing_of_a_list_is_on_one_of_its_pages(
    busy: Town, role: str, path: str, name: str
) -> None:
    person = busy.person(f"{role}@city.example")
    first = person.get(path)
    onward = next(link for link in first.links() if f"{name}=2" in link)

    second = person.get(onward.partition("#")[0])

    whole = {f"Thing {number:03}" for number in range(FURTHER)}
    before, after = (_things(page, name) for page in (first, second))
    # A duty that happens to fall due just now may stand among the things.
    assert len(set(before)) in {MOST_ROWS - 1, MOST_ROWS}
    assert set(before) | set(after) == whole
    assert not set(before) & set(after)


def _things(page: Page, name: str) -> list[str]:
    """The things in one list of a page."""
    sections = [each for each in page.root.all("section") if each.all("h2", id=name)]
    return re.findall(r"Thing \d{3}", (sections or [page.root])[0].text)


def test_the_records_and_the_duties_of_a_body_are_turned_over_apart(town: Town) -> None:
    with town.app.app_context():
        desk = make_desk()
        filed = sorted(desk.publish(name={"en": f"System {n}"}) for n in range(PAGE_SIZE + 1))
    citizen = town.citizen

    first, second = (citizen.get(f"/agencies/taxes?page={number}") for number in (1, 2))

    cards = [
        re.findall(r"AIR-\d{4}-\d{5}", each.root.one("ol", class_="app-results").text)
        for each in (first, second)
    ]
    assert cards == [filed[:PAGE_SIZE], filed[PAGE_SIZE:]]
    assert f"{PAGE_SIZE + 1} systems disclosed" in first.text
    assert all("System 3" in each.section("What it has to file") for each in (first, second))
