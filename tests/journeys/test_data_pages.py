"""The pages of data: what is offered can be had, and programs that collect data can read it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from register import create_app, storage
from register.exchange.formats import FORMATS
from register.exchange.reach import Reach
from register.services.exports import export_files
from register.services.sample import sampling
from register.standard import CURRENT
from register.web.public import data_words
from register.web.wiring import search_index
from tests.given import SAMPLE
from tests.journeys.page import Element, Page

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dcat:distribution"},
    "dcat:Distribution": {"dcat:accessURL", "dct:format", "dct:license", "dct:description"},
    "dcat:DataService": {"dct:title", "dcat:endpointURL"},
    "foaf:Agent": {"foaf:name"},
    "vcard:Organization": {"vcard:fn"},
}
IN_EVERY_LANGUAGE = {"dct:title", "dct:description", "foaf:name", "vcard:fn", "dcat:keyword"}
AUTHORITIES = {
    "dct:language": r"authority/language/[A-Z]{3}",
    "dct:format": r"authority/file-type/(CSV|JSON|XLSX)",
    "dct:accrualPeriodicity": r"authority/frequency/CONT",
    "dcat:theme": r"authority/data-theme/(GOVE|TECH)",
    "dct:accessRights": r"authority/access-right/PUBLIC",
    "dcatap:availability": r"authority/planned-availability/STABLE",
    "adms:status": r"authority/distribution-status/COMPLETED",
}


@pytest.fixture(scope="module")
def sampled(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The sample register, which these tests only read."""
    folder = tmp_path_factory.mktemp("data")
    app = create_app({"instance": folder, "database_url": new_database(folder)})
    with app.app_context():
        sampling.load_sample(SAMPLE, password="a sample password", reference_prefix="AIR")
        search_index().drain()
    yield app
    with app.app_context():
        search_index().close()
        storage.close()


def page(app: Flask, path: str) -> Page:
    return Page(app.test_client().get(path))


def data(app: Flask, path: str) -> Any:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    return json.loads(answer.get_data())


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of a JSON-LD document."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each
            for below in each.values():
                yield from nodes(below)


def downloads(root: Element) -> list[str]:
    return [each["href"] for each in root.all("a") if "download" in each.attributes]


def test_every_file_that_is_offered_can_be_had(sampled: Flask) -> None:
    for path in ("/data", "/ur/data"):
        offered = downloads(page(sampled, path).root)
        assert len(offered) == len(set(offered)) > 6
        for href in offered:
            answer = sampled.test_client().get(href, buffered=True)
            assert (answer.status_code, bool(answer.get_data())) == (200, True), href


def test_every_file_that_there_is_is_offered(sampled: Flask) -> None:
    offered = set(downloads(page(sampled, "/data").root))
    told = data(sampled, "/data.json")

    with sampled.test_request_context():
        count = sum(len(export_files.file_kinds(name)) for name in export_files.export_names())
    files = [f for each in (*told["ours"], *told["formats"]) for f in each["files"]]
    assert len(files) == count
    assert {each["url"].removeprefix("http://127.0.0.1:8000") for each in files} <= offered


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_each_format_has_a_page_that_names_every_column_and_its_question(
    sampled: Flask, name: str, prefix: str
) -> None:
    dialect = FORMATS[name]

    shown = page(sampled, f"{prefix}/data/{name}")

    headings = [each.text for each in shown.root.all("th", scope="row")]
    plain = {re.sub(r" \(\d+\)$", "", each) for each in headings}
    assert {link.column for link in dialect.links} <= plain
    for link in dialect.links:
        assert any(f"#field-{link.field}" in a["href"] for a in shown.root.all("a"))
    told = data(sampled, f"/data/{name}.json")
    assert len(told["links"]) == len(dialect.links)
    assert sum(told["carries"].values()) == sum(f.public for f in CURRENT.asked_fields)
    assert set(told["questions"].values()) <= set(Reach)


def test_a_format_that_does_not_exist_has_no_page(sampled: Flask) -> None:
    for path in ("/data/nowhere", "/data/nowhere.json", "/ur/data/nowhere"):
        assert sampled.test_client().get(path).status_code == 404


def test_a_bar_says_in_words_what_it_shows(sampled: Flask) -> None:
    root = page(sampled, "/data").root
    carried = {each["name"]: each["carries"] for each in data(sampled, "/data.json")["formats"]}
    written = [name for name, each in FORMATS.items() if each.writing is not None]

    said = [each.text for each in root.all("desc")]

    assert len(said) == len(written)
    for name, text in zip(written, said, strict=True):
        assert [int(n) for n in re.findall(r"\d+", text)] == [61, *carried[name].values()]


def test_what_is_said_of_a_format_is_said_of_one_that_there_may_be() -> None:
    assert set(data_words.TERRITORIES) <= set(data_words.SENTENCES)
    assert set(FORMATS) <= set(data_words.TERRITORIES)


def test_the_page_leads_programs_to_the_catalogue(sampled: Flask) -> None:
    links = page(sampled, "/ur/data").root.all("link", rel="alternate")

    found = {each["type"]: each["href"] for each in links if each["type"]}

    assert found["application/ld+json"] == "/data/catalogue.jsonld"
    answer = sampled.test_client().get(found["application/ld+json"])
    assert answer.content_type == "application/ld+json"
    in_urdu = sampled.test_client().get("/ur/data/catalogue.jsonld")
    assert in_urdu.get_data() == answer.get_data()


def test_the_catalogue_has_what_dcat_ap_makes_mandatory_in_every_language(sampled: Flask) -> None:
    catalogue = data(sampled, "/data/catalogue.jsonld")
    found = list(nodes({k: v for k, v in catalogue.items() if k != "@context"}))

    kinds = {each["@type"] for each in found if "@type" in each and "@value" not in each}
    assert kinds >= set(MANDATORY)
    for node in found:
        assert MANDATORY.get(node.get("@type", ""), set()) <= set(node), node
        for name in IN_EVERY_LANGUAGE & set(node):
            assert {each["@language"] for each in node[name]} == {"en", "ur"}
            assert all(each["@value"].strip() for each in node[name])
        for name, pattern in AUTHORITIES.items():
            for each in nodes(node.get(name, [])):
                assert re.search(f"{pattern}$", each["@id"]), each
        for name in set(node) - {"@id", "@type", "@value", "@language"}:
            assert name.split(":")[0] in catalogue["@context"], name


def test_the_catalogue_names_every_file_by_an_address_that_answers(sampled: Flask) -> None:
    catalogue = data(sampled, "/data/catalogue.jsonld")
    distributions = catalogue["dcat:dataset"]["dcat:distribution"]

    ids = [each["@id"] for each in distributions]
    addresses = [each["dcat:accessURL"]["@id"] for each in distributions]

    assert len(set(ids)) == len(ids)
    told = data(sampled, "/data.json")
    files = [f["url"] for each in (*told["ours"], *told["formats"]) for f in each["files"]]
    assert sorted(addresses) == sorted(files)
    for address in addresses:
        path = address.removeprefix("http://127.0.0.1:8000")
        assert sampled.test_client().head(path).status_code == 200, path


def test_search_engines_read_what_the_register_and_a_record_are(sampled: Flask) -> None:
    reference = data(sampled, "/api/v1/export.json")[0]["reference"]
    for path, kind in (("/data", "Dataset"), (f"/disclosures/{reference}", "WebPage")):
        for prefix in ("", "/ur"):
            html = sampled.test_client().get(prefix + path).get_data(as_text=True)
            [found] = SCRIPT.findall(html)
            told = json.loads(found)
            assert (told["@context"], told["@type"]) == ("https://schema.org", kind)
            assert told["inLanguage"] == ("ur" if prefix else "en")
            assert told["license"].startswith("https://creativecommons.org/")
