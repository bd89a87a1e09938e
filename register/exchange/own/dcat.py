"""The register described for harvesters of open data: DCAT-AP 3 as JSON-LD.

Everything that DCAT-AP calls mandatory or recommended and that the register knows is there; the
codes are those of the authority tables that DCAT-AP prescribes. Its context is written out, so that
nobody has to fetch another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Texts = Mapping[str, str]  # by language
Node = dict[str, Any]

AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES = "http://www.iana.org/assignments/media-types"
LICENCE = "http://creativecommons.org/licenses/by/4.0/"
#: The authority table's codes of languages; one that is missing there is not named.
LANGUAGES = {
    "ar": "ARA",
    "de": "DEU",
    "en": "ENG",
    "es": "SPA",
    "fr": "FRA",
    "nl": "NLD",
    "pa": "PAN",
    "ps": "PUS",
    "sd": "SND",
    "ur": "URD",
}
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One file of the register: what it is, where it is, and the standard that it follows.

    ``file_type`` is a code of the authority table; ``media_type`` is empty where IANA has none.
    """

    title: Texts
    description: Texts
    url: str
    file_type: str
    media_type: str = ""
    standard: str = ""


@dataclass(frozen=True, kw_only=True)
class Register:
    """What is said of the register as a whole. ``changed`` is a moment in UTC."""

    base_url: str
    languages: Sequence[str]
    title: Texts
    description: Texts
    publisher: Texts
    keywords: Sequence[Texts]
    service: Texts
    standard: str
    changed: str
    distributions: Sequence[Distribution]


def catalogue(told: Register) -> Node:
    """Describe the catalogue with its one dataset, its files, and the API that serves it."""
    page = f"{told.base_url}/data"
    return {
        "@context": CONTEXT,
        "@id": f"{page}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _texts(told.title),
        "dct:description": _texts(told.description),
        "dct:publisher": _publisher(told),
        "dct:language": _languages(told),
        "dct:license": _licence(),
        "dct:modified": _moment(told.changed),
        "foaf:homepage": _typed(told.base_url + "/", "foaf:Document"),
        "dcat:themeTaxonomy": _typed(f"{AUTHORITY}/data-theme", "skos:ConceptScheme"),
        "dcat:dataset": _dataset(told, page),
        "dcat:service": {
            "@id": f"{page}#api",
            "@type": "dcat:DataService",
            "dct:title": _texts(told.service),
            "dct:license": _licence(),
            "dct:accessRights": _public(),
            "dcat:endpointURL": {"@id": f"{told.base_url}/api/v1"},
            "dcat:endpointDescription": {"@id": f"{told.base_url}/api/v1/openapi.json"},
            "dcat:servesDataset": {"@id": f"{page}#register"},
        },
    }


def _dataset(told: Register, page: str) -> Node:
    return {
        "@id": f"{page}#register",
        "@type": "dcat:Dataset",
        "dct:title": _texts(told.title),
        "dct:description": _texts(told.description),
        "dct:identifier": f"{page}#register",
        "dct:publisher": {"@id": f"{told.base_url}/#publisher"},
        "dct:language": _languages(told),
        "dct:modified": _moment(told.changed),
        "dct:accessRights": _public(),
        "dct:accrualPeriodicity": _typed(f"{AUTHORITY}/frequency/CONT", "dct:Frequency"),
        "dct:conformsTo": _typed(told.standard, "dct:Standard"),
        "foaf:page": _typed(told.standard, "foaf:Document"),
        "dcat:landingPage": _typed(page, "foaf:Document"),
        "dcat:theme": [
            _typed(f"{AUTHORITY}/data-theme/{code}", "skos:Concept") for code in ("GOVE", "TECH")
        ],
        "dcat:keyword": [each for texts in told.keywords for each in _texts(texts)],
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": _texts(told.publisher),
            "vcard:hasURL": {"@id": told.base_url + "/"},
        },
        "dcat:distribution": [_distribution(each, told) for each in told.distributions],
    }


def _distribution(file: Distribution, told: Register) -> Node:
    node: Node = {
        "@id": f"{file.url}#file",
        "@type": "dcat:Distribution",
        "dct:title": _texts(file.title),
        "dct:description": _texts(file.description),
        "dcat:accessURL": {"@id": file.url},
        "dcat:downloadURL": {"@id": file.url},
        "dct:format": _typed(f"{AUTHORITY}/file-type/{file.file_type}", "dct:MediaTypeOrExtent"),
        "dct:license": _licence(),
        "dct:modified": _moment(told.changed),
        "dcatap:availability": _typed(f"{AUTHORITY}/planned-availability/STABLE", "skos:Concept"),
        "adms:status": _typed(f"{AUTHORITY}/distribution-status/COMPLETED", "skos:Concept"),
    }
    if file.media_type:
        node["dcat:mediaType"] = _typed(f"{MEDIA_TYPES}/{file.media_type}", "dct:MediaType")
    if file.standard:
        node["dct:conformsTo"] = _typed(file.standard, "dct:Standard")
    return node


def _publisher(told: Register) -> Node:
    kind = "http://purl.org/adms/publishertype/NationalAuthority"
    return {
        "@id": f"{told.base_url}/#publisher",
        "@type": "foaf:Agent",
        "foaf:name": _texts(told.publisher),
        "foaf:homepage": _typed(told.base_url + "/", "foaf:Document"),
        "dct:type": _typed(kind, "skos:Concept"),
    }


def _languages(told: Register) -> list[Node]:
    codes = [LANGUAGES[code] for code in told.languages if code in LANGUAGES]
    return [_typed(f"{AUTHORITY}/language/{code}", "dct:LinguisticSystem") for code in codes]


def _texts(texts: Texts) -> list[Node]:
    return [{"@language": code, "@value": text} for code, text in texts.items()]


def _moment(stamp: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": stamp}


def _typed(address: str, kind: str) -> Node:
    return {"@id": address, "@type": kind}


def _licence() -> Node:
    return _typed(LICENCE, "dct:LicenseDocument")


def _public() -> Node:
    return _typed(f"{AUTHORITY}/access-right/PUBLIC", "dct:RightsStatement")
