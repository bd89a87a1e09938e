"""What the index knows of languages: one module a language, and the analysis they share.

To add a language, write a module that defines ``LANGUAGE`` and name it in
:mod:`register.search.language.analysis`.
"""

from register.search.language.analysis import (
    BOUNDARY,
    Token,
    fingerprint,
    sort_key,
    stems,
    tokens,
)

__all__ = ["BOUNDARY", "Token", "fingerprint", "sort_key", "stems", "tokens"]
