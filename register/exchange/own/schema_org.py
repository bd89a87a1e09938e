"""What search engines read of a page: schema.org as JSON-LD, made of what the public may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.mapping import Record

Node = dict[str, Any]
CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_LANGUAGES_READ = ("en",)  # before whatever other there is


def record_page(record: Record, language: str, base_url: str) -> Node:
    """Describe the page of one disclosure, in the language in which it is read.

    ``record`` is what :func:`register.schemas.present` gives the public.
    """
    answers, body = record["answers"], record["agency"]
    page: Node = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "@id": record["url"],
        "url": record["url"],
        "name": _read(answers.get("name"), language) or record["reference"],
        "inLanguage": language,
        "identifier": record["reference"],
        "version": str(record["version"]),
        "datePublished": record["first_published_at"],
        "dateModified": record["published_at"],
        "license": LICENCE,
        "isPartOf": {"@id": f"{base_url}/data#register"},
        "publisher": _body(body, language, base_url),
    }
    if record["status"] == "withdrawn":
        return page | {"creativeWorkStatus": "Withdrawn"}
    if answers.get("record_kind", "system") == "nil_return":
        return page
    return page | {"mainEntity": _system(record, language)}


def dataset(  # noqa: PLR0913 - what is said of a dataset
    *,
    name: str,
    description: str,
    publisher: str,
    language: str,
    base_url: str,
    changed: str,
    downloads: Sequence[Mapping[str, str]],
) -> Node:
    """Describe the register as a dataset; ``downloads`` have a ``name``, ``type`` and ``href``."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"{base_url}/data#register",
        "url": f"{base_url}/data",
        "name": name,
        "description": description,
        "inLanguage": language,
        "isAccessibleForFree": True,
        "license": LICENCE,
        "dateModified": changed,
        "creator": {"@type": "GovernmentOrganization", "name": publisher},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each["name"],
                "encodingFormat": each["type"],
                "contentUrl": each["href"],
            }
            for each in downloads
        ],
    }


def _system(record: Record, language: str) -> Node:
    answers = record["answers"]
    system: Node = {
        "@type": "SoftwareApplication",
        "name": _read(answers.get("name"), language) or record["reference"],
        "applicationCategory": "Artificial intelligence system in government",
    }
    description = _read(answers.get("summary"), language) or _read(answers.get("purpose"), language)
    if description:
        system["description"] = description
    makers = [each["name"] for each in answers.get("suppliers", ()) if each.get("name")]
    if makers:
        system["producer"] = [{"@type": "Organization", "name": name} for name in makers]
    if answers.get("tags"):
        system["keywords"] = list(answers["tags"])
    return system


def _body(body: Mapping[str, Any], language: str, base_url: str) -> Node:
    return {
        "@type": "GovernmentOrganization",
        "name": _read(body["name"], language) or body["slug"],
        "url": f"{base_url}/agencies/{body['slug']}",
    }


def _read(texts: Mapping[str, str] | None, language: str) -> str:
    """Give a text in a language, or in another that it has."""
    if not texts:
        return ""
    found = (texts[code] for code in (language, *_LANGUAGES_READ, *texts) if code in texts)
    return next(found)
