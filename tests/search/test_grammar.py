"""How a query is read: what binds closer, what is only punctuation, and where reading ends."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.search import language
from register.search.grammar import MAX_CHARACTERS, MAX_DEPTH, MAX_OPEN, MAX_WORDS, read
from register.search.nodes import (
    Best,
    Between,
    Every,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Some,
    Value,
    Word,
    units,
)

FACETS = {"agency": "agency", "ادارہ": "agency", "year": "year", "updated": "updated"}


def tree(text: str) -> Best:
    return read(text, FACETS.get).tree


def word(said: str) -> Word:
    return Word(language.variants(said))


def row(*nodes: Node) -> Best:
    return Best(nodes)


TAX, FRAUD, MODEL, DRONE = map(word, ("tax", "fraud", "model", "drone"))
OF_2025 = Between("updated", "2025", "2025")

READ = {
    "tax fraud": row(TAX, FRAUD),
    "tax OR fraud": row(Some((TAX, FRAUD))),
    "tax OR fraud AND model": row(Some((TAX, Every((FRAUD, MODEL))))),
    "tax AND fraud OR model": row(Some((Every((TAX, FRAUD)), MODEL))),
    "tax AND NOT fraud": row(Every((TAX, Not(FRAUD)))),
    "NOT tax OR fraud": row(Some((Not(TAX), FRAUD))),
    "NOT NOT tax": row(TAX),
    "NOT -tax": row(TAX),
    "drone tax OR fraud model": row(DRONE, Some((TAX, FRAUD)), MODEL),
    "tax AND (fraud OR model)": row(Every((TAX, row(Some((FRAUD, MODEL)))))),
    "NOT (tax fraud)": row(Not(row(TAX, FRAUD))),
    "tax AND fraud AND model": row(Every((TAX, FRAUD, MODEL))),
    "tax AND ()": row(TAX),
    "-tax": row(Not(TAX)),
    "tax -fraud": row(TAX, Not(FRAUD)),
    '-"tax fraud"': row(Not(Phrase((TAX, FRAUD)))),
    "tax-fraud": row(TAX, FRAUD),
    "-tax-fraud": row(Not(Phrase((TAX, FRAUD)))),
    "tax - fraud": row(TAX, FRAUD),
    "--tax": row(TAX),
    '"tax fraud"': row(Phrase((TAX, FRAUD))),
    "“tax fraud”": row(Phrase((TAX, FRAUD))),
    '"tax"': row(TAX),
    '"tax fraud': row(Phrase((TAX, FRAUD))),
    '"the"': row(),
    '""': row(),
    "tax and fraud": row(TAX, FRAUD),
    "tax or fraud": row(TAX, FRAUD),
    "(tax) fraud (model": row(TAX, FRAUD, MODEL),
    "the tax of a model": row(TAX, MODEL),
    "the OR tax": row(TAX),
    "the AND tax": row(TAX),
    "tax NOT the": row(TAX),
    "the AND the": row(),
    "tax:fraud": row(TAX, FRAUD),
    'tax:"fraud model"': row(TAX, Phrase((FRAUD, MODEL))),
    "tax:fraud*": row(TAX, FRAUD),
    "agency:tax-office": row(Value("agency", "tax-office")),
    'agency:"tax office"': row(Value("agency", "tax office")),
    "-agency:tax": row(Not(Value("agency", "tax"))),
    "agency:": row(word("agency")),
    "ادارہ:صحت ذہانت": row(Value("agency", "صحت"), word("ذہانت")),
    "year:2025": row(Value("year", "2025")),
    "year:2024..2025": row(Between("year", "2024", "2025")),
    "year:..": row(Value("year", "..")),
    "updated:2025-03": row(Between("updated", "2025-03", "2025-03")),
    "updated:>=2025": row(Between("updated", "2025", "")),
    "updated:<=2025": row(Between("updated", "", "2025")),
    "updated:<2025": row(Every((Between("updated", "", "2025"), Not(OF_2025)))),
    "updated:>2025": row(Every((Between("updated", "2025", ""), Not(OF_2025)))),
    "updated:..2025-03-01": row(Between("updated", "", "2025-03-01")),
    "updated:2025-3": row(Value("updated", "2025-3")),
    "mod*": row(Prefix("mod")),
    "Évalua*": row(Prefix("evalua")),
    "m*": row(word("m")) if language.variants("m") else row(),
    "modle~": row(Near("modle", 1)),
    "modell~": row(Near("modell", 2)),
    "modell~1": row(Near("modell", 1)),
    "modell~0": row(Near("modell", 1)),
    "modell~9": row(Near("modell", 2)),
    "modle~9": row(Near("modle", 1)),
    "درخواتس~": row(Near("درخواتس", 2)),
    "ai~": row(word("ai")),
    "tax-mod*": row(TAX, word("mod")),
    "-mod*": row(Not(Prefix("mod"))),
    "ANDROID ORB NOTE": row(word("android"), word("orb"), word("note")),
    "tax AND\u00a0fraud": row(Every((TAX, FRAUD))),
}


@pytest.mark.parametrize("text", READ)
def test_a_query_is_read_as_its_signs_say(text: str) -> None:
    reading = read(text, FACETS.get)

    assert reading.tree == READ[text]
    assert not reading.is_literal


SENSELESS = {
    "tax AND": [TAX],
    "OR tax": [TAX],
    "tax OR OR fraud": [TAX, FRAUD],
    "NOT": [],
    "tax NOT": [TAX],
    "(tax AND fraud": [TAX, FRAUD],
    "tax) AND fraud": [TAX, FRAUD],
    "AND agency:model": [word("agency"), MODEL],
    'AND "tax fraud"': [TAX, FRAUD],
    "AND tax* fraud~2": [TAX, FRAUD, word("2")],
    "OR -tax": [TAX],
    "(" * (MAX_DEPTH + 1) + "tax AND fraud" + ")" * (MAX_DEPTH + 1): [TAX, FRAUD],
}


@pytest.mark.parametrize("text", SENSELESS)
def test_where_the_signs_make_no_sense_only_the_words_are_read(text: str) -> None:
    reading = read(text, FACETS.get)

    assert reading.tree == Best(tuple(SENSELESS[text]))
    assert reading.is_literal


def test_parentheses_nest_as_deep_as_is_said() -> None:
    reading = read("(" * MAX_DEPTH + "tax AND fraud" + ")" * MAX_DEPTH, FACETS.get)

    assert list(units(reading.tree)) == [TAX, FRAUD]
    assert not reading.is_literal


def test_a_query_is_cut_at_so_many_characters() -> None:
    text = "tax " + " " * (MAX_CHARACTERS - 8) + "modelling"

    assert tree(text) == row(TAX, word("mode"))


def test_so_many_words_are_looked_for_and_no_more() -> None:
    said = [f"w{number}" for number in range(MAX_WORDS + 8)]

    assert list(units(tree(" ".join(said)))) == [word(each) for each in said[:MAX_WORDS]]
    assert len(list(units(tree('"' + " ".join(said) + '"')))) == MAX_WORDS
    assert len(list(units(tree(" OR ".join(said))))) == MAX_WORDS


def test_so_many_words_are_opened_and_the_others_are_plain() -> None:
    nodes = tree("aa* bb* model~ cc* fraud~").nodes

    assert nodes == (Prefix("aa"), Prefix("bb"), Near("model", 1), word("cc"), FRAUD)
    assert MAX_OPEN == 3


@given(st.lists(st.sampled_from('AND OR NOT ( ) " “ - * ~ : .. agency: tax صحت é ¶'.split())))
def test_nothing_that_is_typed_is_too_much(said: Sequence[str]) -> None:
    for text in (" ".join(said), "".join(said)):
        wanted = list(units(tree(text)))
        assert len(wanted) <= MAX_WORDS + MAX_OPEN
