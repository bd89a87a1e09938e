"""A row on its way from a foreign table to a disclosure: what it says, and what is said of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.result import RowWarning


class Cells:
    """The cells of one row, found by their heading."""

    def __init__(self, number: int, cells: Mapping[tuple[str, int], str]) -> None:
        """Keep the row's ``number`` and its ``cells`` by column and occurrence."""
        self.number = number
        self._cells = cells

    def get(self, column: str, occurrence: int = 1) -> str:
        """Give a cell's text; a column that the file does not have is blank."""
        return self._cells.get((column, occurrence), "")

    def all(self, column: str) -> list[str]:
        """Give the texts of a column that may stand several times, in the order of the file."""
        return [text for (name, _), text in sorted(self._cells.items()) if name == column]


class Draft:
    """The answers found so far, by path, with the remarks on the way.

    A path is a field's name and, after stops, a part or the number of an item; a localised text
    has its language as the last step.
    """

    def __init__(self, number: int) -> None:
        """Begin the draft of row ``number``."""
        self.number = number
        self.languages: tuple[str, ...] = ()  # of the row's texts, the chief one first
        self.record_kind = "system"
        self.idle = ""  # why the row, though sound, tells of no disclosure
        self.withheld_ground: str | None = None
        self.withheld_text: str | None = None
        self.warnings: list[RowWarning] = []
        self.unmapped: list[tuple[str, str]] = []
        self._tree: dict[str, Any] = {}

    def find(self, path: str) -> Any | None:
        """Give what is answered at ``path``, or ``None``."""
        found: Any = self._tree
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def place(self, path: str, answer: Any) -> None:
        """Put an answer at ``path``, whatever was there."""
        *steps, last = path.split(".")
        branch = self._tree
        for step in steps:
            branch = branch.setdefault(step, {})
        branch[last] = answer

    def place_items(self, path: str, items: Sequence[Any]) -> None:
        """Put items into a list, the first at ``path``, which ends with its number."""
        above, _, first = path.rpartition(".")
        for number, item in enumerate(items, start=int(first)):
            for part, answer in item.items():
                self.place(f"{above}.{number}.{part}", answer)

    def drop(self, path: str) -> Any | None:
        """Take away what is answered at ``path``, and give it."""
        above, _, last = path.rpartition(".")
        branch = self.find(above) if above else self._tree
        taken = branch.pop(last, None) if isinstance(branch, dict) else None
        if above and branch == {}:
            self.drop(above)
        return taken

    def warn(self, column: str, field: str, kind: str, message: str) -> None:
        """Remark on a cell of this row."""
        self.warnings.append(RowWarning(self.number, column, field, message, kind))

    def answers(self) -> dict[str, Any]:
        """Give the answers in their JSON shapes; items of a list lose their gaps."""
        return {name: _as_json(answer) for name, answer in self._tree.items()}


def _as_json(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    if answer and all(step.isdigit() for step in answer):
        return [_as_json(answer[step]) for step in sorted(answer, key=int)]
    return {step: _as_json(below) for step, below in answer.items()}
