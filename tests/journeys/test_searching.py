"""Citizens search: they are led to what they may have meant, and take the results with them."""

from xml.etree import ElementTree

import pytest

from register.search import PAGE_SIZE, Query, SearchIndex
from register.services.directory import directory
from register.web.search import plain_finding
from register.web.search.facets import MOST_SHOWN
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import csv_rows

ATOM = "{http://www.w3.org/2005/Atom}"
REASON = {"reason-en": "It was filed twice."}
HOSTILE = '=HYPERLINK("https://example.org") <b>&amp;</b>'


def publish(town: Town, kept: str = "street-fault-reports", /, **answers: object) -> str:
    reference = town.officer.file(sample(kept).with_answers(**answers))
    town.approver.publish(reference)
    return reference


def withdraw(town: Town, reference: str) -> None:
    town.officer.withdraw(reference, REASON)
    town.person("deputy@city.example").publish(reference, "Withdraw")


def rows(town: Town, address: str) -> list[dict[str, str]]:
    return csv_rows(town.citizen.client.get(address))


def test_a_word_that_nobody_wrote_is_never_replaced_in_silence(town: Town) -> None:
    for number in range(6):
        publish(town, name={"en": f"Street lighting {number}"})
    town.drain()

    page = town.citizen.get("/search?q=street lihgting")

    assert "6 systems" in page.text
    assert page.links("street lighting") == ["/search?q=street+lighting"]


def test_who_finds_nothing_is_told_what_to_leave_out(town: Town) -> None:
    publish(town)
    town.drain()

    page = town.citizen.get('/search?q=street "purple giraffes"')
    (way,) = page.links('"purple giraffes"')

    assert "Nothing was found" in page.text
    assert way == "/search?q=street"
    assert "1 system" in town.citizen.get(way).text


def test_a_long_filter_shows_all_of_its_values_when_asked(town: Town) -> None:
    publish(town)
    town.drain()
    from register.search import Query
    from register.web.search.facets import facet_views
    from register.web.search.finding import Found

    counts = [(f"body-{number}", 1) for number in range(MOST_SHOWN + 2)]
    with town.app.test_request_context("/search"):
        shown = {
            whole: facet_views(
                Query(filters={"agency": ["body-9"]}),
                Found(Query(), [], 0, 1, 1, {"agency": counts}, frozenset(), whole=whole),
            )[0]
            for whole in ("", "agency")
        }

    assert shown[""]["all"] == str(len(counts))
    assert len(shown[""]["options"]) == MOST_SHOWN
    assert shown[""]["options"][0]["is_checked"]
    assert shown["agency"]["all"] is None
    assert [option["value"] for option in shown["agency"]["options"]] == [c[0] for c in counts]
    assert town.citizen.client.get("/search?all=agency").status_code == 200
    assert town.citizen.client.get("/search?all=nonsense").status_code == 400
    assert town.citizen.client.get("/search.json?all=agency").status_code == 400


@pytest.mark.parametrize("language", ["", "/ur"])
def test_every_example_of_the_help_leads_to_a_page(town: Town, language: str) -> None:
    town.drain()

    page = town.citizen.get(f"{language}/search/help")
    examples = [link for link in page.links() if link.startswith(f"{language}/search?q=")]

    assert len(examples) == 9
    for example in examples:
        assert town.citizen.get(example).status == 200
    assert f"{language}/search/help" in town.citizen.get(f"{language}/search").links()
    assert f"{language}/search/help" in town.citizen.get(f"{language}/").links()


@pytest.mark.parametrize("text", ["", "<script>alert(1)</script>", "a" * 3000, "\0", '"(', "سڑ"])
def test_suggestions_are_a_page_and_data_for_whatever_is_typed(town: Town, text: str) -> None:
    town.drain()
    asked = {"q": text}

    page = town.citizen.client.get("/search/suggest", query_string=asked)
    data = town.citizen.client.get("/search/suggest.json", query_string=asked)

    assert (page.status_code, data.status_code) == (200, 200)
    assert "<script>alert" not in page.text
    assert isinstance(data.get_json()["suggestions"], list)
    assert len(data.get_json()["query"]) <= Query.most_characters
    assert town.citizen.client.get("/search/suggest.json?nonsense=1").status_code == 400


def test_without_an_index_nothing_is_suggested(town: Town) -> None:
    answer = town.citizen.client.get("/search/suggest.json?q=str")

    assert answer.status_code == 200
    assert answer.get_json()["suggestions"] == []


def test_all_that_is_found_comes_as_rows_and_no_cell_is_a_formula(town: Town) -> None:
    reference = publish(town, name={"en": HOSTILE})
    other = publish(town, "job-matching")
    town.drain()

    found = rows(town, "/search.csv?sort=name")
    narrowed = rows(town, f"/search.csv?q={reference}&level=federal")

    assert {row["reference"] for row in found} == {reference, other}
    assert [row["name.en"] for row in found if row["reference"] == reference] == ["'" + HOSTILE]
    assert narrowed == []


def test_what_was_withdrawn_is_in_no_file_though_the_index_still_has_it(town: Town) -> None:
    reference = publish(town)
    town.drain()
    withdraw(town, reference)

    assert rows(town, "/search.csv") == []
    assert reference not in town.citizen.client.get("/search.atom").text


def test_a_feed_is_sound_whatever_was_asked_and_written(town: Town) -> None:
    first = publish(town, name={"en": HOSTILE}, summary={"en": "Bell \x07 & <i>"})
    second = publish(town, "job-matching")
    town.drain()

    answer = town.citizen.client.get("/search.atom", query_string={"sort": "name"})
    odd = town.citizen.client.get("/search.atom", query_string={"q": "\x07<&\"'"})
    feed = ElementTree.fromstring(answer.data)
    ElementTree.fromstring(odd.data)

    assert answer.content_type == "application/atom+xml; charset=utf-8"
    for name in ("id", "title", "updated"):
        assert feed.find(ATOM + name) is not None
    entries = feed.findall(ATOM + "entry")
    ids = [str(entry.findtext(ATOM + "id")).rsplit("/", 1)[1] for entry in entries]
    assert sorted(ids) == sorted([first, second])
    updated = [str(entry.findtext(ATOM + "updated")) for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert HOSTILE in [entry.findtext(ATOM + "title") for entry in entries]
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries)


def test_the_files_say_so_while_there_is_no_index(town: Town) -> None:
    for path in ("/search.csv", "/search.atom"):
        assert town.citizen.client.get(path).status_code == 503


def test_similar_systems_are_shown_only_as_long_as_they_are_public(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, other = publish(town), publish(town, "job-matching")
    town.drain()
    # Whatever the index still has: what is shown of it comes from the register.
    known = [reference, other, "AIR-2000-00001"]
    monkeypatch.setattr(SearchIndex, "similar", lambda *_a, **_k: known, raising=False)
    before = town.citizen.get(f"/disclosures/{reference}")

    withdraw(town, other)
    after = town.citizen.get(f"/disclosures/{reference}")

    assert f"/disclosures/{other}" in before.links()
    assert before.links().count(f"/disclosures/{other}") == 1
    assert "Similar systems" not in after.text


def plain(town: Town, address: str) -> list[str]:
    """What is found while there is no index."""
    answer = town.citizen.client.get(address).get_json()
    assert not answer["is_complete"]
    assert answer["total"] == len(answer["items"])
    return [item["reference"] for item in answer["items"]]


def test_without_an_index_filters_phrases_and_unwanted_words_count(town: Town) -> None:
    street, jobs = publish(town), publish(town, "job-matching")
    phase = str(sample("job-matching").answers["phase"])
    name = str(sample("job-matching").answers["name"]["en"])

    assert plain(town, "/search.json") == [street, jobs]
    assert plain(town, "/search.json?agency=city") == [street, jobs]
    assert plain(town, "/search.json?agency=harbour") == []
    assert plain(town, "/search.json?level=federal") == []
    assert jobs in plain(town, f"/search.json?phase={phase}")
    assert plain(town, f'/search.json?q="{name}"') == [jobs]
    assert plain(town, f'/search.json?q=-"{name}"') == [street]
    assert plain(town, f'/search.json?q=NOT "{name}"') == [street]
    assert plain(town, "/search.json?q=agency:harbour") == []
    assert plain(town, "/search.json?q=agency:city") == [street, jobs]


def test_without_an_index_a_page_past_the_end_is_the_last_one(town: Town) -> None:
    publish(town)

    found = town.citizen.client.get("/search.json?page=7").get_json()

    assert (found["page"], found["pages"], len(found["items"])) == (1, 1, 1)
    assert PAGE_SIZE > 1


def test_without_an_index_everything_is_leafed_through_as_it_is_read_through(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_finding, "PAGE_SIZE", 2)
    ask = town.citizen.client.get
    for _record in range(5):
        publish(town)
    whole = [ask(f"/search.json?page={page}&level=local").get_json() for page in range(1, 5)]

    leafed = [ask(f"/search.json?page={page}&q=+").get_json() for page in range(1, 5)]

    for found in (whole, leafed):
        assert [(each["total"], each["pages"]) for each in found] == [(5, 3)] * 4
    assert [each["items"] for each in leafed] == [each["items"] for each in whole]
    assert [each["page"] for each in leafed] == [1, 2, 3, 3]


def test_the_page_says_that_it_is_slow_while_there_is_no_index(town: Town) -> None:
    publish(town)

    page = town.citizen.get("/search?q=street")

    assert "The search index is being built." in page.text
    assert "1 system" in page.text


def test_a_body_is_shown_by_its_new_name_at_once(town: Town) -> None:
    publish(town)
    town.drain()
    assert "City of Lantern Bay" in town.citizen.get("/search?agency=city").text

    with town.app.app_context():
        directory.import_agencies([{"slug": "city", "names": {"en": "Lamps"}, "level": "local"}])
    page = town.citizen.get("/search?agency=city")

    assert "City of Lantern Bay" not in page.text
    assert page.text.count("Lamps") >= 2
