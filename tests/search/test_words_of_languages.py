"""A word is kept whole and as stems, and a text's language decides how it is cut."""

import pytest

from register.search import SearchIndex
from register.search.document import Text, analyse, from_publication
from register.search.language import stems, surface, variants, words
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory, publication


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "¶", "*~", "\u200f", "'", "_", " "])
def test_what_is_no_word_has_no_stem(odd: str) -> None:
    assert words(odd) == []
    assert variants(odd) in ((), (odd,))


def test_a_stop_word_cannot_be_looked_for() -> None:
    assert variants("the") == variants("کے") == ()


def test_the_stem_of_the_first_language_of_a_script_comes_first() -> None:
    assert variants("Organisations")[0] == stems("organizations")[0]
    assert variants("درخواستوں")[0] == stems("درخواست")[0]


def test_words_are_given_as_they_are_written_and_stop_words_too() -> None:
    assert words("The AIR-2026-00042, of MODELS.") == ["The", "AIR-2026-00042", "of", "MODELS"]


def test_a_whole_word_is_folded_and_not_cut() -> None:
    assert surface("Évaluations") == "evaluations"
    assert surface("مصنوعي") == "مصنوعی"
    assert surface("x" * 50) == "x" * 40


def test_texts_of_a_document_know_their_language() -> None:
    document = from_publication(
        publication("AIR-2026-00001", name={"en": "Bot", "ur": "بوٹ"}, phase="in_use"),
        V1,
        languages=("en", "ur"),
        label=lambda label, code: f"{label} {code}",
    )

    assert document is not None
    assert document.texts["name"] == [Text("Bot", "en"), Text("بوٹ", "ur")]
    assert Text("AIR-2026-00001") in document.texts["body"]
    assert Text("In use", "en") in document.texts["body"]
    assert Text("In use ur", "ur") in document.texts["body"]


def test_an_unknown_language_is_read_by_its_letters() -> None:
    assert stems("The organisations", "xx") == stems("organization")
    assert stems("یہ درخواستیں", "en") == stems("درخواست")


def test_whole_words_are_gathered_once_without_stop_words_and_references() -> None:
    found = analyse([Text("The Models, models of AIR-2026-00042", "en"), Text("Modèles", "fr")])

    assert found.surfaces == {"models", "modeles"}
    assert found.stems[:3] == ["model", "model", "air-2026-00042"]


def test_the_index_knows_whole_words(register: RegisterInMemory, index: SearchIndex) -> None:
    register.publish("AIR-2026-00001", name="Detecting frauds", purpose="of the Évaluations")
    index.drain()

    reader = index._folder.open().reader()
    found = {word.decode() for word in reader.lexicon("surface")}
    reader.close()

    assert {"detecting", "frauds", "evaluations"} <= found
    assert not {"of", "the", "air-2026-00001"} & found
