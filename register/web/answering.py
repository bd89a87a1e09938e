"""Answers for machines: what is presented, as JSON the one way in which the register writes it."""

from typing import Any

from flask import Response

from register.schemas import present
from register.services.exports.exports import as_json
from register.standard.publication import Publication
from register.web.wiring import settings


def as_response(value: Any) -> Response:
    """Answer with JSON as the register writes it."""
    return Response(as_json(value) + "\n", content_type="application/json; charset=utf-8")


def presented(publication: Publication) -> dict[str, Any]:
    """Give a publication as the public may see it, with this register's addresses."""
    return present(publication, base_url=settings().base_url)
