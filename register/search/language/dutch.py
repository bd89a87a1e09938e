"""Dutch. Compounds are not split."""

from register.search.language.model import LATIN_ALPHABET, Language, is_latin, snowball

STOP_WORDS = frozenset(
    """
    aan al als bij dan dat de den der des deze die dit door dus een en er had heb hebben heeft het
    hier hij hoe hun ik in is je kan kunnen maar me men met mij mijn moet na naar niet nog nu of om
    omdat onder ons onze ook op over te tegen ten ter toch toen tot u uit uw van veel voor waar want
    waren was wat welke werd werden wie wij wil word worden wordt ze zelf zich zij zijn zo zonder
    zou
    """.split()
)


def stem(word: str) -> str:
    """Cut a folded Dutch word to its stem (Snowball's Dutch of 2024, after Kraaij and Pohlmann)."""
    return snowball("dutch", word)


LANGUAGE = Language(
    code="nl", is_word=is_latin, stop_words=STOP_WORDS, stem=stem, alphabet=LATIN_ALPHABET
)
