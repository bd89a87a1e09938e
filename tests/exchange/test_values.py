"""Foreign values: spellings, lists, languages, dates, addresses and names of suppliers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.cells.addresses import (
    as_url,
    find_urls,
    is_role_mailbox,
    without_personal_addresses,
)
from register.exchange.cells.dates import partial_date
from register.exchange.cells.suppliers import is_supplier_name, split_suppliers
from register.exchange.cells.values import (
    ValueMap,
    fold,
    is_blank,
    misdecoded,
    parse_list,
    split_languages,
    yes_no,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "Yes – by the CAIO",
        "c) yes - by  the caio",
        "YES ñ BY THE\u00a0CAIO.",
        "Yes â€“ by the CAIO",
    ],
)
def test_spellings_of_one_value_fold_into_one(spelling: str) -> None:
    assert fold(spelling) == "yes - by the caio"


def test_a_map_prefers_the_whole_value_then_the_longest_beginning() -> None:
    values = ValueMap({"Yes": "a", "Yes -*": "b", "Yes - by the CAIO*": "c", "No": ""})

    assert [values.find(v) for v in ("yes", "Yes – x", "Yes – by the CAIO, 2024", "no")] == [
        "a",
        "b",
        "c",
        "",
    ]
    assert values.find("yesterday") is None


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("['a) Race', \"b) Sex\"]", ("a) Race", "b) Sex")),
        ('["Age","Other"]', ("Age", "Other")),
        ("[]", ()),
        ("", ()),
        ("Age", ("Age",)),
        ("[Age", ("[Age",)),
        ("[__import__('os').system('false')]", ("[__import__('os').system('false')]",)),
        ("[" * 5_000, ("[" * 5_000,)),
        ("[{'a': 1}]", ("[{'a': 1}]",)),
    ],
)
def test_a_list_is_read_as_a_literal_and_never_evaluated(text: str, items: tuple[str, ...]) -> None:
    assert parse_list(text) == items


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "[]", "\u200b", "\r\n"])
def test_what_says_nothing_is_blank(blank: str) -> None:
    assert is_blank(blank)


def test_yes_and_no_are_never_guessed() -> None:
    assert [yes_no(v) for v in ("Y", "no", "TRUE", "a) Yes", "", "maybe")] == [
        "yes",
        "no",
        "yes",
        "yes",
        None,
        None,
    ]


def test_a_bilingual_name_is_divided_once() -> None:
    assert split_languages("A / B / C") == {"en": "A", "fr": "B / C"}
    assert split_languages("A/B") == {"en": "A/B"}
    assert split_languages(" ") == {}


def test_traces_of_a_wrong_encoding_are_found_and_french_is_not_one() -> None:
    assert len(misdecoded("the agencyís use ñ as CO â†’ CO2\ufffd")) == 4
    assert misdecoded("El niño; un bâtiment à Montréal, système «d’été»; Español") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2009", "2009"),
        ("2025-09-08 00:00:00", "2025-09-08"),
        ("2025-09-08T10:00:00Z", "2025-09-08"),
        ("09/08/2025", "2025-09-08"),
        ("9/8/2025 0:00", "2025-09-08"),
        ("11/15/2025 12:00:00 AM", "2025-11-15"),
        ("15/11/2025", "2025-11-15"),
        ("2021/01", "2021-01"),
        ("01/2024", "2024-01"),
        ("Jul-25", "2025-07"),
        ("Sept 2024", "2024-09"),
        ("March 3, 2024", "2024-03-03"),
        ("3 March 2024", "2024-03-03"),
        ("Q2 2024", "2024"),
        ("2024 Q2", "2024"),
        ("FY2024 Q2", "2024"),
        ("FY2024 Q1", "2023"),
        ("Q4FY25", "2025"),
        ("7/13/1905", "2021"),
        ("45000", "2023-03-15"),
        ("2022-11-16 (first formal action)", "2022-11-16"),
        ("2022-08 (estimated)", "2022-08"),
        ("21-Oct", None),
        ("2015-2022", None),
        ("2024-02-15 (kick-off); 2024-08-23 (plan)", None),
        ("1/1/1923", None),
        ("0000-00-00", None),
        ("2024-02-30", None),
        ("2024-13", None),
        ("1899-12-31 11:59:00", None),
        ("3024", None),
        ("TBD", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_goes(text: str, value: str | None) -> None:
    reading = partial_date(text)

    assert reading.value == value
    assert reading.doubt or value is not None


@given(st.text(alphabet="0123456789/-. :qfyjandecQFY", max_size=20))
def test_whatever_is_typed_as_a_date_never_crashes(text: str) -> None:
    reading = partial_date(text)

    assert reading.value is None or 1950 <= int(reading.value[:4]) <= 2100


@pytest.mark.parametrize(
    "address",
    [
        "ai@hq.dhs.gov",
        "AI.Questions@sba.gov",
        "agency-caio@mail.nasa.gov",
        "hhs.caio@hhs.gov",
        "zzOCIO-AI@dol.gov",
        "bimail@NCUA.gov",
        "cfa@state.gov",
        "clearinghouse@eac.gov",
        "data@ntsb.gov",
        "ntsb@ntsb.gov",
        "opendata@canada.ca",
    ],
)
def test_the_mailbox_of_a_role_is_kept(address: str) -> None:
    assert is_role_mailbox(address)
    assert without_personal_addresses(f"Write to {address}.") == (f"Write to {address}.", 0)


@pytest.mark.parametrize(
    "address",
    [
        "Mike.Pavolonis@noaa.gov",
        "emily.l.wiley@census.gov",
        "SzczepanikV@SEC.GOV",
        "jlink@ntia.gov",
        "dduval-diop@doc.gov",
        "01-laptop-voiced@icloud.com",
        "kim@agency.gov",
    ],
)
def test_an_address_that_may_be_a_persons_is_removed(address: str) -> None:
    text, removed = without_personal_addresses(f"{address}; ai@doc.gov")

    assert removed == 1
    assert address not in text
    assert "ai@doc.gov" in text


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.gov/x", ("https://a.gov/x",)),
        ("www.a.gov/yolo", ("https://www.a.gov/yolo",)),
        ("https://a.gov; https://b.gov/", ("https://a.gov", "https://b.gov/")),
        ("https://a.gov  ;  https://b.gov", ("https://a.gov", "https://b.gov")),
        ("To be posted on https://a.gov, pending", ()),
        ("No", ()),
        ("javascript:alert(1)", ()),
        ("https://user:secret@a.gov/", ()),
        ("http://localhost/x", ()),
        ("https://a.gov:99999/", ()),
        ("http://[::1", ()),
    ],
)
def test_only_web_addresses_and_nothing_else_are_links(text: str, urls: tuple[str, ...]) -> None:
    assert find_urls(text) == urls


@given(st.text(max_size=60))
def test_whatever_is_typed_as_an_address_never_crashes(text: str) -> None:
    url = as_url(f"https://{text}")

    assert url is None or url.startswith("https://")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Microsoft", ["Microsoft"]),
        ("Microsoft / OpenAI", ["Microsoft", "OpenAI"]),
        ("First Alert/Dataminr", ["First Alert/Dataminr"]),
        ("ServiceNow, Inc.", ["ServiceNow, Inc."]),
        ("Trigent Solutions Inc, Digitrix LLC", ["Trigent Solutions Inc", "Digitrix LLC"]),
        ("FOIA Xpress, Forum One, and Polydelta", ["FOIA Xpress", "Forum One", "Polydelta"]),
        ("Illumio; AttackIQ", ["Illumio", "AttackIQ"]),
        ("SAIC and DV United", ["SAIC and DV United"]),
        ("Bates White, using Microsoft Azure", ["Bates White, using Microsoft Azure"]),
        ("Devices (Apple, Samsung) and cameras", ["Devices (Apple, Samsung) and cameras"]),
        ("NEC is the vendor. ICE uses it, too", ["NEC is the vendor. ICE uses it, too"]),
        ("OpenAI, Anthropic, Google, OpenAI", ["OpenAI", "Anthropic", "Google"]),
    ],
)
def test_suppliers_are_divided_only_where_it_is_sure_to_be_a_list(
    text: str, names: list[str]
) -> None:
    assert list(split_suppliers(text)) == names


def test_numbers_and_in_house_are_not_suppliers() -> None:
    no_names = ("1605TA-21-F-00064", "1899-12-31 11:59:00", "In-house (CDER staff)", "Open source")

    assert not any(is_supplier_name(text) for text in no_names)
    assert is_supplier_name("H2O.GPTe")
    assert is_supplier_name("ThruVision TAC 16")
