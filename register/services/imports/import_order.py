"""What an import is asked to do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from register.services.actor import Actor

#: Told how many rows are done, and how many there are; while they are counted, none is done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an import is asked to do. Without ``agency`` each row names its own.

    With ``is_published`` the rows are made public as they are; without, they become drafts that the
    agency's officers complete. A dry run writes nothing and reports the same. With
    ``accepts_smaller`` a person has said that a file which lacks what the last one had is whole.
    """

    file_name: str
    format_name: str
    by: Actor
    reference_prefix: str
    agency: str | None = None
    is_dry_run: bool = False
    is_published: bool = False
    accepts_smaller: bool = False
    progress: Progress = field(default=lambda done, total: None)
