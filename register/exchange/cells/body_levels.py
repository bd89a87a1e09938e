"""On which level of government a public body stands, where its name says so."""

import re

_LEVELS = (
    (
        "provincial",
        r"provincie|province|provincial|region|regione|région|comunidad aut[oó]noma|land",
    ),
    (
        "local",
        r"gemeente|stadsdeel|stad|waterschap|hoogheemraadschap|wetterskip|omgevingsdienst"
        r"|veiligheidsregio|ggd|municipality|city|town|borough|comune|ville|mairie|commune"
        r"|ayuntamiento|ajuntament|stadt|gemeinde",
    ),
    (
        "federal",
        r"ministerie|ministry|ministère|ministerium|ministerio|rijks\w+|nationaal|nationale",
    ),
)
_BEGINNINGS = tuple(
    (level, re.compile(rf"(?:the |de |het )?(?:{words})\b", re.IGNORECASE))
    for level, words in _LEVELS
)
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)$")


def level_of(name: str) -> str | None:
    """Give the level that the first word of a body's name tells, ``None`` if it tells none."""
    return next((level for level, begins in _BEGINNINGS if begins.match(name)), None)


def abbreviation_of(name: str) -> str | None:
    """Give the abbreviation that follows a body's name in brackets."""
    match = _IN_BRACKETS.search(name)
    return match[1] if match and sum(map(str.isupper, match[1])) > 1 else None
