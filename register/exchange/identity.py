"""Who a row is: the key by which a second import finds what the first one made.

Sources leave their ids blank and use some twice, so a key is the agency and the source's id, or
the agency and the name. See :func:`identities` for what happens to repeats.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from register.exchange.result import ImportedRow
from register.exchange.values import fold

_NOT_WORDS = re.compile(r"[\W_]+")


def normalised_name(text: str) -> str:
    """Give a name's words in lower case, without marks or accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", fold(text))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", bare).strip()


def identity(row: ImportedRow, *, agency: str | None = None, is_id_shared: bool = False) -> str:
    """Give a row's key: ``agency/id/…``, ``agency/name/…``, or ``agency/shared/…`` for both.

    ``agency`` stands in for what the row says of its agency; ``is_id_shared`` says that another
    row of that agency has the same id. The same row always has the same key.
    """
    owner = agency or agency_key(row)
    name = normalised_name(display_name(row))
    if not row.source_id:
        return f"{owner}/name/{name}"
    source_id = fold(row.source_id).replace(" ", "")
    return f"{owner}/shared/{source_id}/{name}" if is_id_shared else f"{owner}/id/{source_id}"


def identities(rows: Sequence[ImportedRow], *, agency: str | None = None) -> tuple[str, ...]:
    """Give each row of a file a key of its own, the same whenever the same rows come again.

    Rows that share agency and id are told apart by their names; rows that share even these get an
    ordinal (``#2``) in the order of the file.
    """
    plain = [identity(row, agency=agency) for row in rows]
    count = Counter(plain)
    seen: Counter[str] = Counter()
    keys = []
    for row, own in zip(rows, plain, strict=True):
        key = identity(row, agency=agency, is_id_shared=True) if count[own] > 1 else own
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def agency_key(row: ImportedRow) -> str:
    """Give what tells a row's agency from others in its file: its abbreviation, else its name."""
    if row.agency.abbreviation:
        return normalised_name(row.agency.abbreviation)
    return normalised_name(next(iter(row.agency.names.values()), ""))


def display_name(row: ImportedRow) -> str:
    """Give the name of the system in the first language it has one in."""
    names = row.content.answers.get("name", {})
    return str(next(iter(names.values()), "")) if isinstance(names, dict) else ""
