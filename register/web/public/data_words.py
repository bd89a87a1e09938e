"""What the formats are, in words for people: whose each is, and how far it reaches."""

from collections.abc import Mapping

from babel import Locale

from register.exchange.mapping import Format
from register.exchange.reach import Reach
from register.services.exports.export_files import FileKind
from register.standard.marking import _ as mark
from register.web.languages import gettext as _
from register.web.languages import language, language_name, say

#: Where each format is in use: a territory as Babel knows it.
TERRITORIES = {
    "omb-2025": "US",
    "omb-2025-cots": "US",
    "omb-2024": "US",
    "eo13960-2023": "US",
    "nyc-ll35": "US",
    "canada-2025": "CA",
    "nl-1.0": "NL",
    "nl-dump": "NL",
    "atrs-4.0": "GB",
    "eu-annex-viii": "EU",
    "eurocities-0.3.1": "150",
}
SENTENCES = {
    "omb-2025": mark("The inventory of AI use cases that federal agencies publish, as of 2025."),
    "omb-2025-cots": mark("The part of that inventory that lists common commercial products."),
    "omb-2024": mark("The inventory of AI use cases that federal agencies publish, as of 2024."),
    "eo13960-2023": mark("The first inventories of federal agencies, up to 2023."),
    "nyc-ll35": mark("The yearly list of automated tools that the agencies of New York City use."),
    "canada-2025": mark("The federal register of AI systems, in English and French."),
    "nl-1.0": mark("The publication standard of the national register of algorithms."),
    "nl-dump": mark("The national register of algorithms, as its website gives all of it."),
    "atrs-4.0": mark("The records of algorithmic tools that public bodies publish."),
    "eu-annex-viii": mark("What the AI Act asks to be entered for a high-risk system."),
    "eurocities-0.3.1": mark("The common form in which cities describe their algorithms."),
    "register-1": mark("This register's own form, without loss, from one register to another."),
}
FILE_WORDS: Mapping[FileKind, str] = {
    FileKind.NDJSON: "NDJSON",
    FileKind.JSON: "JSON",
    FileKind.CSV: "CSV",
    FileKind.XLSX: mark("Excel (XLSX)"),
    FileKind.LOSSES: mark("What is lost (CSV)"),
}
REACH_WORDS: Mapping[Reach, str] = {
    Reach.WHOLE: mark("Carried whole"),
    Reach.PART: mark("Carried in part"),
    Reach.NONE: mark("Not carried"),
}


def territory(name: str) -> str:
    """Give where a format is in use, in the reader's language; nothing if that is not known."""
    code = TERRITORIES.get(name, "")
    return str(Locale.parse(language()).territories.get(code, code))


def sentence(name: str) -> str:
    """Say in a sentence what a format is; nothing of one that is not known here."""
    return say(SENTENCES.get(name, ""))


def languages_of(dialect: Format) -> str:
    """Name the languages in which texts are carried."""
    return _(", ").join(language_name(code) for code in dialect.languages)


def reach_sentence(counts: Mapping[Reach, int]) -> str:
    """Say how many questions a format carries, and how many not."""
    return _(
        "Of %(total)s questions %(whole)s are carried whole, %(part)s in part and %(none)s not at"
        " all.",
        total=sum(counts.values()),
        **{reach.value: counts[reach] for reach in Reach},
    )
