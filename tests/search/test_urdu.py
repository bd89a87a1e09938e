"""An Urdu word is found by its other forms and spellings, and by no other word."""

from pathlib import Path

import pytest

from bench.forms import cut_eight_endings, measure, read, ways
from register.search.language import stems, variants
from register.standard.spelling import fold


def meets(query: str, text: str) -> bool:
    """Tell whether every word of a query is a word of the text."""
    return bool(stems(query)) and set(stems(query)) <= set(stems(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        # the same letters, as other keyboards have them
        ("مصنوعي ذهانت", "مصنوعی ذہانت"),
        ("مصنوعى", "مصنوعی"),
        ("ڪتاب", "کتاب"),
        ("شھری", "شہری"),
        ("تمھارا", "تمہارا"),
        ("انھیں درخواست", "درخواست"),
        ("ادارة", "ادارہ"),
        ("ادارۂ", "ادارہ"),
        ("مسلہ", "مسلہ"),
        ("مسئله", "مسئلہ"),
        ("مؤثر", "موثر"),
        ("تأخیر", "تاخیر"),
        ("ﺩﺭﺧﻮﺍﺳﺖ", "درخواست"),
        ("ﻻہور", "لاہور"),
        # marks, joiners and digits
        ("مُصَنَّف", "مصنف"),
        ("وزارتِ صحت", "وزارت صحت"),
        ("حکـومت", "حکومت"),
        ("شہری\u200cخدمات", "شہری خدمات"),
        ("حکو\u200dمت", "حکومت"),
        ("۲۰۲۵ء", "2025"),
        ("٢٠٢٥", "۲۰۲۵"),
        ("۱۲٫۵", "12.5"),
        # plural and case
        ("درخواستوں", "درخواست"),
        ("درخواستیں", "درخواستوں"),
        ("اداروں", "ادارہ"),
        ("ادارے", "ادارہ"),
        ("محکمے", "محکمہ"),
        ("محکموں", "محکمہ"),
        ("شہریوں", "شہری"),
        ("بچوں", "بچہ"),
        ("بچے", "بچہ"),
        ("حصے", "حصہ"),
        ("تجزیوں", "تجزیہ"),
        ("دوائیں", "دواؤں"),
        ("کارروائیاں", "کارروائی"),
        ("گواہوں", "گواہ"),
        ("تنخواہیں", "تنخواہ"),
        ("نظاموں", "نظام"),
        ("نئے", "نئی"),
        # broken plurals
        ("خدمت", "خدمات"),
        ("قوانین", "قانون"),
        ("نتیجے", "نتائج"),
        ("مسائل", "مسئلہ"),
        ("شکایتوں", "شکایات"),
        # Roman script in Urdu text
        ("chatgpt", "ChatGPT سے"),
        ("ChatGPT", "ChatGPTسے جواب"),
        ("AI", "AIکا نظام"),
        ("نظام", "نظامAI"),
        ("covid19", "COVID19کی"),
        ("2025", "۲۰۲۵میں"),
        ("GPT-4", "GPT-4 سے"),
    ],
)
def test_these_meet(query: str, text: str) -> None:
    assert meets(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("دان", "دانا"),
        ("شہر", "شہری"),
        ("شہر", "شہریوں"),
        ("پان", "پانی"),
        ("دو", "دوا"),
        ("گرو", "گروہ"),
        ("گوا", "گواہ"),
        ("دین", "دینا"),
        ("کہا", "کھا"),
        ("پہر", "پھر"),
        ("گہر", "گھر"),
        ("بہاری", "بھاری"),
        ("سرکار", "سروکار"),
        ("عدالت", "عداوت"),
        ("عمل", "عملے"),
        ("حمل", "حملوں"),
        ("مش", "مشین"),
        ("زم", "زمین"),
        ("یق", "یقین"),
        ("AIکا", "کار"),
    ],
)
def test_these_do_not_meet(query: str, text: str) -> None:
    assert not meets(query, text)


@pytest.mark.parametrize("word", ["کے", "كے", "انھیں", "انہیں", "ہے", "ھے", "سے"])
def test_a_stop_word_is_one_in_any_spelling(word: str) -> None:
    assert variants(word) == ()


@pytest.mark.parametrize("odd", ["ا", "وں", "یں", "ہ", "ء", "\u0640", "ًٌٍ", "ات", "\ufdfa", "ییی"])
def test_a_word_is_never_cut_to_nothing(odd: str) -> None:
    folded = fold(odd).replace(" ", "")

    assert all(variants(odd)) if folded else variants(odd) == ()
    assert len("".join(stems(odd))) >= min(2, len(folded))


def test_more_forms_meet_than_with_endings_alone_and_not_at_the_price_of_others() -> None:
    groups = read(Path("bench/forms/ur.txt"))
    plain_recall, plain_precision = measure(groups, cut_eight_endings)

    recall, precision = measure(groups, ways("ur")["as it is"])

    assert recall > plain_recall + 0.3
    assert precision > plain_precision
