"""What programs that collect data read of the register's pages: DCAT-AP and schema.org."""

from collections.abc import Iterator, Mapping
from typing import Any

from register import clock
from register.exchange.formats import FORMATS
from register.exchange.own import dcat, schema_org
from register.services.exports import export_files
from register.services.exports.export_files import FileKind
from register.services.exports.register_state import find_state
from register.standard import CURRENT
from register.standard.marking import _
from register.web.languages import language, said_in, say
from register.web.public import data_page, data_words
from register.web.public.exports import TYPES
from register.web.templating import named
from register.web.wiring import settings

ABOUT = _(
    "The public register of the AI systems that public bodies use: what each is for, who runs it,"
    " what it decides, which data it uses, how it is checked and how to object."
)
DATASET = _("Public register of AI systems in government")
API = _("Interface for programs")
KEYWORDS = (
    _("artificial intelligence"),
    _("algorithmic transparency"),
    _("government"),
)
FILE_OF = _("%(format)s as a %(file)s file")
#: The authority table has no code for one JSON object a line, and IANA no media type.
FILE_TYPES = {
    FileKind.NDJSON: ("JSON", ""),
    FileKind.JSON: ("JSON", "application/json"),
    FileKind.CSV: ("CSV", "text/csv"),
    FileKind.LOSSES: ("CSV", "text/csv"),
    FileKind.XLSX: ("XLSX", TYPES[FileKind.XLSX]),
}
Texts = dict[str, str]


def catalogue() -> dict[str, Any]:
    """Describe the register and each of its files for harvesters, in every language."""
    base = settings().base_url
    return dcat.catalogue(
        dcat.Register(
            base_url=base,
            languages=settings().languages,
            title=_in_each(DATASET),
            description=_in_each(ABOUT),
            publisher=_publisher(),
            keywords=[_in_each(word) for word in KEYWORDS],
            service=_in_each(API),
            standard=f"{base}/standard/{CURRENT.id}",
            changed=clock.stamp(find_state().moment),
            distributions=list(_distributions(base)),
        )
    )


def of_register() -> dict[str, Any]:
    """Describe the register as a dataset for search engines, in the reader's language."""
    base = settings().base_url
    return schema_org.dataset(
        name=say(DATASET),
        description=say(ABOUT),
        publisher=named(settings().government_name) or named(settings().service_name),
        language=language(),
        base_url=base,
        changed=clock.stamp(find_state().moment),
        downloads=[
            {
                "name": each["label"],
                "type": each["type"],
                "href": base + each["href"],
            }
            for name in sorted(export_files.PLAIN)
            for each in data_page.file_links(name)
        ],
    )


def _distributions(base: str) -> Iterator[dcat.Distribution]:
    for name in export_files.export_names():
        dialect = FORMATS.get(name)
        for kind in export_files.file_kinds(name):
            file_type, media_type = FILE_TYPES[kind]
            yield dcat.Distribution(
                title=_title(name, kind),
                description=_in_each(data_words.SENTENCES.get(name, ABOUT)),
                url=base + data_page.file_href(name, kind),
                file_type=file_type,
                media_type=media_type,
                standard=dialect.source if dialect else f"{base}/standard/{CURRENT.id}",
            )


def _title(name: str, kind: FileKind) -> Texts:
    dialect = FORMATS.get(name)
    called = dict.fromkeys(settings().languages, dialect.title) if dialect else _in_each(DATASET)
    words = data_words.FILE_WORDS[kind]
    return {
        code: said_in(FILE_OF, code) % {"format": called[code], "file": said_in(words, code)}
        for code in settings().languages
    }


def _publisher() -> Texts:
    names: Mapping[str, str] = settings().government_name or settings().service_name
    return dict(names)


def _in_each(sentence: str) -> Texts:
    return {code: said_in(sentence, code) for code in settings().languages}
