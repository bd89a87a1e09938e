"""Words are found however they are spelt."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from register.search import Query, SearchIndex
from register.search.language import sort_key, stems
from register.search.language.analysis import _read, _variants
from tests.search.register_in_memory import RegisterInMemory

URDU = {
    "AIR-2026-00001": "وزارتِ صحت کا نظام مریضوں کی ترجیح بندی کے لیے مصنوعی ذہانت استعمال کرتا ہے۔",
    "AIR-2026-00002": "محکمہ ٹیکس ۲۰۲۵ میں دھوکہ دہی کی نشاندہی کا ماڈل چلاتا ہے",
    "AIR-2026-00003": "شہری‌خدمات کے لیے چیٹ بوٹ",
    "AIR-2026-00004": "عدالتوں کے فیصلے اور عدالتیں",
    "AIR-2026-00005": "مصنوعي ذهانت كي پالیسی",
    "AIR-2026-00006": "حکومت نے درخواستیں جانچنے کا نظام بنایا",
}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("مصنوعی ذہانت", {1, 5}),
        ("مصنوعي ذهانت", {1, 5}),
        ("وزارت", {1}),
        ("2025", {2}),
        ("عدالت", {4}),
        ("مریض", {1}),
        ("درخواست", {6}),
        ("شہری خدمات", {3}),
        ("ماڈل*", {2}),
        ('"دھوکہ دہی"', {2}),
        ("مصنوعی OR عدالت", {1, 4, 5}),
        ("چیٹ -ماڈل", {3}),
    ],
)
def test_urdu_is_found_by_any_spelling(
    text: str, numbers: set[int], register: RegisterInMemory, index: SearchIndex
) -> None:
    for reference, purpose in URDU.items():
        register.publish(reference, purpose={"ur": purpose})
    index.drain()

    found = index.search(Query(text))

    assert {int(reference[-5:]) for reference in found.ids} == numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُصنوعی", "مصنوعی"),
        ("مصنوعي", "مصنوعی"),
        ("كتاب", "کتاب"),
        ("حکـــومت", "حکومت"),
        ("ﻣﺼﻨﻮﻋﯽ", "مصنوعی"),
        ("۲۰۲۵", "2025"),
        ("٢٠٢٥", "2025"),
        ("ا\u0653پ", "آپ"),
        ("مسئلہ", "مسيلہ"),
        ("درخواستیں", "درخواستوں"),
        ("organisations", "organization"),
        ("colours", "color"),
        ("Évaluations", "evaluation"),
        ("detecting", "detection"),
        ("œuvre", "oeuvre"),
        ("model's", "models"),
    ],
)
def test_these_are_one_word(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("internal", "international"),
        ("organic", "organization"),
        ("universal", "university"),
        ("emergency", "emerging"),
        ("adding", "ads"),
        ("later", "lateral"),
    ],
)
def test_these_are_two_words(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_threads_do_not_mix_up_words() -> None:
    expected = [_variants.__wrapped__(f"automatisations{n}es") for n in range(2000)]
    _read.cache_clear()

    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(_variants.__wrapped__, [f"automatisations{n}es" for n in range(2000)])
        )

    assert found == expected


def test_words_that_say_nothing_are_skipped() -> None:
    assert stems("the use of AI in the city") == ["use", "ai", "citi"]
    assert stems("یہ نظام کا حصہ ہے") == ["نظام", "حص"]


def test_a_reference_is_one_word_and_its_year_is_not_found() -> None:
    assert stems("see AIR-2026-00042.") == ["see", "air-2026-00042"]


def test_odd_bytes_are_no_words() -> None:
    assert stems("\x00 \ud800 \u200f *?~ ¶ \x1e\x1f") == []


def test_urdu_names_are_sorted_as_in_an_urdu_dictionary() -> None:
    names = ["یقین", "پانی", "آبپاشی", "ٹیکس", "بجلی", "کتاب", "ڈاک", "ہوا", "اندراج", "Zakat"]

    in_order = sorted(names, key=lambda name: sort_key(name, "ur"))

    assert in_order == [
        "اندراج", "آبپاشی", "بجلی", "پانی", "ٹیکس", "ڈاک", "کتاب", "ہوا", "یقین", "Zakat",
    ]  # fmt: skip


def test_an_english_reader_finds_an_urdu_text_by_an_urdu_word(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name={"en": "Chat bot", "ur": "چیٹ بوٹ"})
    index.drain()

    assert index.search(Query("بوٹ", language="en")).ids == ["AIR-2026-00001"]
    assert index.search(Query("bots", language="ur")).ids == ["AIR-2026-00001"]
