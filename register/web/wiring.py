"""What the pages share: the settings and the search index of this application."""

import hashlib
from typing import TYPE_CHECKING

from flask import current_app

from register.config import Settings

if TYPE_CHECKING:
    from register.search import SearchIndex


def settings() -> Settings:
    """Give the settings this application was made with."""
    kept: Settings = current_app.extensions["register.settings"]
    return kept


def search_index() -> "SearchIndex":
    """Give the search index of this application."""
    index: SearchIndex = current_app.extensions["register.search"]
    return index


def keyed(text: str, size: int) -> str:
    """Give a mark of so many bytes for a text, which tells nothing of it to who has not the key."""
    key = str(current_app.secret_key).encode()[:64]
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=key, digest_size=size).hexdigest()
