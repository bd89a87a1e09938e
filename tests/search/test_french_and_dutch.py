"""A French or Dutch text is found by other forms of its words, as people write them."""

from functools import cache
from pathlib import Path

import pytest

from bench.forms import measure, read, ways
from register.search.document import analyse, from_publication
from register.search.language import stems, variants, words
from register.search.language.french import STOP_WORDS
from register.standard.v1 import V1
from tests.exchange.real_files import imported
from tests.search.register_in_memory import publication

FORMS = Path("bench/forms")


def meet(query: str, text: str, language: str) -> bool:
    """Tell whether a word of a query finds a text in which it is another word."""
    return bool(set(variants(query)) & set(stems(text, language)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'évaluation", "évaluation"),
        ("L’ÉVALUATION", "évaluation"),
        ("d'une évaluation", "évaluation"),
        ("qu’automatise", "automatise"),
        ("lorsqu'évalue", "évalue"),
        ("l'œuvre", "oeuvre"),
        ("l' évaluation", "évaluation"),
        ("l''évaluation", "évaluation"),
    ],
)
def test_an_elision_is_no_part_of_a_word(text: str, expected: str) -> None:
    assert stems(text, "fr") == stems(expected, "fr") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Brien", ["o", "brien"]),
        ("Class C's", ["class", "c"]),
        ("l'", ["l"]),
        ("5'6", ["5", "6"]),
        ("don't", ["don"]),
    ],
)
def test_english_apostrophes_are_read_as_before(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize("query", ["evaluations", "évaluations", "ÉVALUATION", "evaluation"])
def test_accents_are_not_needed_in_query_or_text(query: str) -> None:
    for text in ("L’évaluation des demandes", "EVALUATION DES DEMANDES"):
        assert meet(query, text, "fr")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("automatisées", "un tri automatisé"),
        ("automatisees", "un tri automatisé"),
        ("nationaux", "registre national"),
        ("demande", "traitement des demandes"),
        ("œuvres", "mise en oeuvre"),
        ("frauduleuses", "opération frauduleuse"),
        ("envoi", "les envois"),
        ("aident", "aider"),
    ],
)
def test_french_forms_meet(query: str, text: str) -> None:
    assert meet(query, text, "fr")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("gemeenten", "gemeente"),
        ("meldingen", "melding"),
        ("algoritmes", "algoritme"),
    ],
)
def test_dutch_forms_meet(query: str, text: str) -> None:
    assert meet(query, text, "nl")


def test_what_says_nothing_in_french_or_dutch_can_still_be_looked_for() -> None:
    assert stems("son", "fr") == stems("die", "nl") == []
    assert variants("son")[0] == "son"
    assert variants("die")[0] == "die"
    assert variants("AI")[0] == stems("un outil d'AI", "fr")[-1]
    assert "ai" not in STOP_WORDS


def test_forms_meet_far_more_often_than_if_a_text_were_english() -> None:
    for code, least, gain in (("fr", 0.8, 0.25), ("nl", 0.6, 0.3)):
        groups = read(FORMS / f"{code}.txt")
        recall, precision = measure(groups, ways(code)["as it is"])
        as_english, _ = measure(groups, ways(code)["as English"])

        assert recall > least
        assert recall > as_english + gain
        assert precision > 0.7


@cache
def canada() -> dict[str, frozenset[str]]:
    """Give the French names in the published register of Canada, with the stems indexed of each."""
    found = {}
    for number, row in enumerate(imported("canada-2025").imported):
        said = publication(f"AIR-2026-{number:05}", **row.content.answers)
        document = from_publication(said, V1, languages=("en", "fr"))
        assert document is not None
        names = [text.said for text in document.texts["name"] if text.language == "fr"]
        found[" ".join(names)] = frozenset(analyse(document.texts["name"]).stems)
    return found


def search(query: str) -> set[str]:
    """Give the names that have every word of a query, in any language."""
    asked = [set(stems) for word in words(query) if (stems := variants(word))]
    return {name for name, indexed in canada().items() if all(stem & indexed for stem in asked)}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("preuves concepts", "Projet de preuve de concept de l'IA"),
        ("détections oïdiums", "Détection de l'oïdium"),
        ("detection oidium", "Détection de l'oïdium"),
        ("inventaires annuels culture", "Carte de l'inventaire annuel des cultures"),
        ("numérisations étiquette insecte", "Numérisation des étiquettes d'insectes"),
        ("cotes risques envoi", "Cote de risque pour les envois de faible valeur par messagerie"),
        ("evaluations analyses", "ProteBee - Outil d'analyse de l'IA pour l'évaluation"),
    ],
)
def test_canadian_systems_are_found_by_other_french_forms(query: str, name: str) -> None:
    assert name in search(query)
    assert len(search(query)) < 20
