"""A request that HTTP has words of its own for."""

from collections.abc import Mapping, Sequence

from register.errors import RegisterError


class Refused(RegisterError):
    """Answered with a status of its own, perhaps with headers and with errors by place."""

    def __init__(
        self,
        status: int,
        sentence: str,
        errors: Mapping[str, Sequence[str]] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what is answered; the ``sentence`` and the ``errors`` are translated later."""
        super().__init__(sentence)
        self.status = status
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})
