"""French. Accents are folded before a word is cut, so that it is found without them too."""

import re

from register.search.language.model import LATIN_ALPHABET, Language, is_latin, snowball

# Snowball cuts these endings by their accents, after some vowels only, or not at all:
# automatis(ées), envoi(s), aid(ent), but not document.
_ENDINGS = (
    (re.compile("(?<=[a-z]{3})ees?$"), "e"),
    (re.compile("(?<=[a-z]{2}[aiou])s$"), ""),
    (re.compile("(?<=[a-z]{3})(?<!m)ent$"), "e"),
)

# What is left of a word before an apostrophe is among them; ``ai`` is not: systems are called so.
STOP_WORDS = frozenset(
    """
    à au aux avec c ce ces cet cette d dans de des donc du elle elles en est et étaient étais était
    étant été être eu eux il ils j je l la le les leur leurs lui m ma mais me mes moi n ne ni nos
    notre nous on ont ou où par pas pour qu quand que quel quelle quelles quels qui s sa sans se
    sera seront ses si soient soit son sont sous sur t ta te tes toi ton tu un une vos votre vous y
    """.split()
)


def stem(word: str) -> str:
    """Cut a folded French word to its stem (Snowball's French)."""
    for ending, left in _ENDINGS:
        word = ending.sub(left, word)
    return snowball("french", word)


LANGUAGE = Language(
    code="fr", is_word=is_latin, stop_words=STOP_WORDS, stem=stem, alphabet=LATIN_ALPHABET
)
