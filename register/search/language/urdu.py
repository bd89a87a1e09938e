"""Urdu, and by default every other language in Arabic letters.

No kept Urdu stemmer exists. A light rule cuts the endings of plural, case and agreement, in their
folded spelling, where yeh and barri yeh are one letter; broken plurals, which no rule finds, and
words that only look as if they had an ending are listed. ``python -m bench.forms`` measures it.
"""

import re
from functools import cache

from register.search.language.model import Language
from register.standard.spelling import fold

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")

# Two letters remain before the endings of Urdu, three before those of Arabic and before alef; the
# heh of گواہ and گروہ is no ending.
_ENDING = re.compile("(?<=..)(?:یی?(?:وں|اں|ں)|یی|یہ|وں|ی|(?<![او])ہ)$|(?<=...)(?:ات|ین|ا)$")

# They look as if they had an ending, and would be another word without it: citizen, city.
_WHOLE = frozenset("شہری پانی دانا دینا جانا جگہ عملہ حملہ".split())

# A word, and forms of it that no rule brings to it.
_IRREGULAR = """
    شہری شہریوں
    دانا داناؤں
    عملہ عملے عملوں
    حملہ حملے حملوں
    خدمت خدمات
    شکایت شکایات
    ہدایت ہدایات
    سہولت سہولیات
    ضرورت ضروریات
    حالت حالات
    وجہ وجوہ وجوہات
    قانون قوانین
    ضابطہ ضوابط
    مسئلہ مسائل
    ذریعہ ذرائع
    وسیلہ وسائل
    نتیجہ نتائج
    فائدہ فوائد
    مقصد مقاصد
    مرکز مراکز
    دفتر دفاتر
    مرحلہ مراحل
    عنصر عناصر
    تصویر تصاویر
    تدبیر تدابیر
    حق حقوق
    ضلع اضلاع
    رکن ارکان اراکین
    فرد افراد
    وزیر وزرا
    شے اشیا
    قسم اقسام
    رقم رقوم
    علم علوم
    شرط شرائط
    فریضہ فرائض
    طالب طلبہ طلبا
    استاد اساتذہ
    خاتون خواتین
    افسر افسران
    مالک مالکان
    رپورٹ رپورٹس
    ٹیکنالوجی ٹیکنالوجیز
"""

STOP_WORDS = frozenset(
    """
    کا کی کے کو میں سے پر ہے ہیں ہوں تھا تھی تھے تھیں اور یا یہ وہ نے اس ان کہ جو جس جن تو بھی ہی
    ایک کر کرنے کیا گیا گئی گئے ہو ہوا ہوئی ہوئے ہوتا ہوتی ہوتے جا جاتا جاتی جاتے رہا رہی رہے لئے
    لیے تک ساتھ اگر مگر لیکن نہ نہیں نیز گا گی گے کوئی کچھ اپنا اپنی اپنے انہیں انہوں جنہیں جنہوں
    اسے اسی جسے والا والی والے سکتا سکتی سکتے چکا چکی چکے دیا دیے کرتا کرتی کرتے کریں کرنا کرنی
    ہونا ہونے ہوگا ہوگی جب تب اب پھر
    """.split()
)


def stem(word: str) -> str:
    """Give a folded Urdu word without its ending, and a broken plural as its singular is given."""
    word = _irregular().get(word, word)
    return word if word in _WHOLE else _ENDING.sub("", word)


def is_word(word: str) -> bool:
    """Tell whether a folded word has a letter of the Arabic script."""
    return _ARABIC.search(word) is not None


@cache
def _irregular() -> dict[str, str]:
    lines = (fold(line).split() for line in _IRREGULAR.strip().splitlines())
    return {form: word for word, *forms in lines for form in forms}


LANGUAGE = Language(
    code="ur",
    is_word=is_word,
    stop_words=STOP_WORDS,
    stem=stem,
    alphabet="اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے",
)
