"""A snippet shows the words around the matches and marks them."""

from hypothesis import given
from hypothesis import strategies as st

from register.search import highlight, snippet
from register.search.language import stems

URDU = "وزارتِ صحت کا نظام مریضوں کی ترجیح بندی کے لیے مصنوعی ذہانت استعمال کرتا ہے۔"


def test_any_form_of_a_word_is_marked() -> None:
    pieces = highlight("It detects fraud; Detection is manual.", {"detect"})

    assert [piece.text for piece in pieces if piece.is_match] == ["detects", "Detection"]
    assert "".join(piece.text for piece in pieces) == "It detects fraud; Detection is manual."


def test_urdu_is_marked_with_its_marks() -> None:
    pieces = snippet([URDU], frozenset(stems("مريض وزارت")))

    assert [piece.text for piece in pieces if piece.is_match] == ["وزارتِ", "مریضوں"]


def test_the_densest_part_of_the_best_text_is_shown() -> None:
    dull = "fraud " + "nothing else here " * 40
    rich = "nothing " * 80 + "tax fraud detection" + " nothing" * 80

    pieces = snippet([dull, rich], {"fraud", "tax", "detect"})

    text = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.is_match] == ["tax", "fraud", "detection"]
    assert text.startswith("… nothing")
    assert text.endswith("nothing …")
    assert len(text) <= 250


def test_without_a_match_the_beginning_of_the_first_text_is_shown() -> None:
    pieces = snippet(["", "First words. " * 50], {"absent"})

    assert pieces[0].text.startswith("First words.")
    assert pieces[-1].text == " …"


def test_without_a_text_there_is_nothing_to_show() -> None:
    assert snippet([], {"word"}) == []
    assert snippet([""], {"word"}) == []


@given(st.text(max_size=600), st.sets(st.text(alphabet="abc", min_size=1, max_size=2)))
def test_a_snippet_is_a_part_of_the_text(text: str, words: set[str]) -> None:
    pieces = snippet([text], words)

    shown = "".join(piece.text for piece in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert "".join(piece.text for piece in highlight(text, words)) == text
