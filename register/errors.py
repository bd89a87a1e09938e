"""What can go wrong in a way that a person can mend. ``web.handlers`` answers them, once."""

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


class RegisterError(Exception):
    """The root of the errors that carry a message for the person in front of the screen."""

    def __str__(self) -> str:
        """Give the message in English, with its values, for whoever cannot translate it."""
        message = self.args[0] if self.args else ""
        return message.english if isinstance(message, Message) else str(message)


class Invalid(RegisterError):
    """What was said breaks a rule. ``errors`` is keyed by field path, such as ``risks.0.text``."""

    def __init__(self, message: str, errors: FieldErrors | None = None) -> None:
        """Keep ``message`` and the ``errors`` by field path."""
        super().__init__(message)
        self.errors: dict[str, list[str]] = {k: list(v) for k, v in (errors or {}).items()}


class Unprocessable(Invalid):
    """What a program sent can be read, and breaks a rule; nothing of it was kept."""


class NotAllowed(RegisterError):
    """This person may not do this."""


class NotFound(RegisterError):
    """There is no such thing, or none that this person may know of."""


class Conflict(RegisterError):
    """Something changed in between, or this step is not open now."""


class Unavailable(RegisterError):
    """A part of the service is not ready; the same request may succeed later."""


class TooMany(RegisterError):
    """Tried too often; ``retry_after`` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        """Keep ``message`` and after how many seconds it is worth trying again."""
        super().__init__(message)
        self.retry_after = retry_after


class Message(str):
    """A sentence to be translated, with the ``values`` that go into its ``%(name)s`` places.

    As a string it is the untranslated sentence; a door translates it and puts the values in.
    """

    values: Mapping[str, object]

    def __new__(cls, text: str, **values: object) -> "Message":
        """Keep ``text`` as it stands in the catalogue, beside its values."""
        message = super().__new__(cls, text)
        message.values = values
        return message

    @property
    def english(self) -> str:
        """The sentence in English, with its values."""
        return str(self) % self.values if self.values else str(self)


def english(sentence: str) -> str:
    """Give a sentence in English, with its values if it has any."""
    return sentence.english if isinstance(sentence, Message) else sentence
