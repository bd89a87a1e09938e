"""The digests of a file that is sent, whole or in pieces (RFC 9530)."""

import base64

from flask import Response


def tell(response: Response, sha256: bytes, *, is_whole: bool) -> None:
    """Name the digest of the whole file, and of what is sent where that ``is_whole``."""
    digest = f"sha-256=:{base64.b64encode(sha256).decode('ascii')}:"
    response.headers["Repr-Digest"] = digest
    if is_whole:
        response.headers["Content-Digest"] = digest
