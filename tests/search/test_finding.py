"""Words are found in a text without reading all of it: the same words as by reading it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from register.search.language import Token, find, stems, tokens, variants, words

PIECES = tuple(
    """
    tax Taxes TAXI evaluation évaluation Évaluations e\u0301valuation organisation colour dying die
    skies sky use using l’avis d'avis jusqu'ici aujourd'hui L'État gemeentelijke
    İstanbul istanbul ISTANBUL ı ﬁnance finance STRASSE straße ſ œuvre ŒUVRE \u212a ǅ Σας
    AIR-2026-00001 AIR 2026 00001 air-2026 1.5 5 1 2.0.1 ۲۰۲۵ ۵.۲ 2025 v2 3d x² ½ a.b F.B.R.
    صحت صِحّت صحـت وزارتِ درخواستیں درخواست مريض مریضوں ئ ۂ AIکا
    हिन्दी 漢字 한국어 ไทย 🤖 a_b _tax tax_ ¶ \u00ad \u200c \u200d \u0301 \u0651 \ud800
    """.split()
)
JOINTS = ("", " ", " ", " ", "-", ".", "'", "’", "\n", "_", "/", "\u200c")

texts = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(JOINTS), st.text(max_size=4)), max_size=12
).map("".join)
spaced = st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)
wanted = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(
        lambda said: {stem for word in said for stem in stems(word)}
    ),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(
        lambda said: {stem for word in words(" ".join(said)) for stem in variants(word)}
    ),
)


@given(st.one_of(texts, spaced), wanted)
@settings(max_examples=400, deadline=None)
@example("AIR-2026-00001 of 2026", {"2026"})
@example("1.5 and 5", {"5"})
@example("version 2.0.1", {"0.1", "1"})
@example("1.۵", {"5"})
def test_the_words_found_are_those_found_by_reading_everything(text: str, wanted: set[str]) -> None:
    assert find(text, wanted) == [
        token for token in tokens(text) if _is_wanted(text, token, wanted)
    ]


@given(st.one_of(texts, spaced))
@settings(max_examples=200, deadline=None)
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    every = list(tokens(text))

    assert find(text, {token.stem for token in every}) == every
    for token in every[:3]:
        assert token in find(text, {token.stem})


@pytest.mark.parametrize("said", ["2026", "00001"])
def test_a_part_of_a_reference_is_not_marked(said: str) -> None:
    assert find("See AIR-2026-00001.", {said}) == []


def _is_wanted(text: str, token: Token, wanted: set[str]) -> bool:
    return not wanted.isdisjoint({token.stem, *variants(text[token.start : token.end])})
