"""What the index knows of languages: one module a language, and the analysis they share.

To add a language, write a module that defines ``LANGUAGE`` and name it in
:mod:`register.search.language.analysis`.
"""

from register.search.language.analysis import (
    BOUNDARY,
    Reading,
    Token,
    fingerprint,
    readings,
    sort_key,
    stems,
    surface,
    tokens,
    variants,
    words,
)
from register.search.language.finding import find

__all__ = [
    "BOUNDARY",
    "Reading",
    "Token",
    "find",
    "fingerprint",
    "readings",
    "sort_key",
    "stems",
    "surface",
    "tokens",
    "variants",
    "words",
]
