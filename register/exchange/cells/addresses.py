"""Web and e-mail addresses: which are links, and which name a person and are not taken over.

An e-mail address is published only if it can be told to be a role's. The local part is divided at
stops, dashes, underscores and digits; it is a role's if one of its words is a known role word
(``ai``, ``caio``, ``contact``, …) or ends like one (``…mail``, ``…desk``), or is a name of the
domain itself (``ntsb@ntsb.gov``), or if the whole is an abbreviation of at most three letters that
is not a common short name. Anything else, such as ``first.last``, is taken for a person's.
"""

import re
from urllib.parse import urlsplit

PERSONAL_ADDRESS = "[personal e-mail address removed]"
_MAX_URL = 2_000
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_WORD = re.compile(r"[a-z]+")
_BETWEEN_URLS = re.compile(r"[;\s]+|,\s*(?=https?://|www\.)|,\s+")
_HOST = re.compile(r"(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")

_WORDS_FOR_ROLES = """
    accessibility admin ai algorithm algorithme algorithmen algorithms algoritme algoritmes
    analytics atip avg bureau caio cdaio cdao cdo cio ciso clearinghouse comments communications
    complaints compliance contact contacts data dataoffice department digital enquiries enquiry
    ethics feedback foi foia gdpr governance hello help helpdesk info information innovation
    inquiries inquiry inventory mail mailbox media ocio office open opendata policy post
    postmaster press privacy privacyoffice program public publicaffairs questions records
    register registry secretariat security service services statistics support team tech
    technology techport transparency webmaster
"""
_ROLE_ENDINGS = ("mail", "mailbox", "desk", "office", "team", "support")
_WORDS_FOR_PEOPLE = """
    al ali ami amy ana ann asa ben bob cal dan deb don ed eli eva eve fay gus guy hal han he hu ian
    ira ivy jan jay jed jen jim jo joe jon joy kai kay ken kim lee leo li lin liz lou lu ma mae max
    may meg mel mia ned nan pam pat peg raj ray rob rod ron roy sal sam sid su sue tad ted tim tom
    val vic wes wu xu yu zoe
"""
_ROLE_WORDS = frozenset(_WORDS_FOR_ROLES.split())
_SHORT_NAMES = frozenset(_WORDS_FOR_PEOPLE.split())


def is_role_mailbox(address: str) -> bool:
    """Tell whether an e-mail address is a role's and not a person's, by the rule above."""
    local, _, domain = address.casefold().partition("@")
    words = _WORD.findall(local)
    if len(local) <= 3 and local.isalpha():
        return local not in _SHORT_NAMES
    names_of_domain = set(domain.split(".")[:-1])
    return any(
        word in _ROLE_WORDS or word in names_of_domain or word.endswith(_ROLE_ENDINGS)
        for word in words
    )


def find_emails(text: str) -> tuple[str, ...]:
    """Find the e-mail addresses in a text."""
    return tuple(_EMAIL.findall(text)) if "@" in text else ()


def without_personal_addresses(text: str) -> tuple[str, int]:
    """Give a text without personal e-mail addresses, and how many it had."""
    personal = [address for address in find_emails(text) if not is_role_mailbox(address)]
    for address in sorted(personal, key=len, reverse=True):
        text = text.replace(address, PERSONAL_ADDRESS)
    return text, len(personal)


def find_urls(text: str) -> tuple[str, ...]:
    """Read a text that consists of web addresses and nothing else; empty if it says more.

    An address that begins with ``www.`` is completed with ``https://``.
    """
    pieces = [piece for piece in _BETWEEN_URLS.split(text.strip()) if piece]
    urls = [as_url(piece) for piece in pieces]
    return tuple(url for url in urls if url) if all(urls) else ()


def as_url(text: str) -> str | None:
    """Give a web address if the text is one, else ``None``."""
    text = text.strip().rstrip(".,;")
    if text.casefold().startswith("www."):
        text = f"https://{text}"
    if len(text) > _MAX_URL or re.search(r"[\s<>\"\x00-\x1f]", text):
        return None
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return text if is_web and _HOST.fullmatch(host) else None
