"""The cells of one record in the United Kingdom's template, by the numbers of its fields."""

from register.exchange.atrs.atrs_headings import column_of
from register.exchange.cells.items import join_repeats
from register.exchange.cells.transforms import quoted
from register.exchange.cells.values import begins_as_no_answer, is_blank, is_no_answer, tidy
from register.exchange.draft import Cells, Draft


class Sheet:
    """What each field says, with a remark where it says only that there is no answer."""

    def __init__(self, cells: Cells, draft: Draft) -> None:
        """Read from the ``cells`` of a row, and remark in its ``draft``."""
        self._cells = cells
        self._draft = draft

    def said(self, number: str, path: str, *, is_group: bool = False) -> str:
        """Give the text of a field, ``""`` if it is blank or says that there is no answer.

        A field that stands several times is one numbered text, and in a group also if only the
        first says something. Without ``path`` nothing is remarked upon.
        """
        column = column_of(number)
        text = join_repeats(self._cells.all(column) or [""], is_group=is_group)
        if is_blank(text):
            return ""
        if not is_no_answer(text):
            return tidy(text)
        if path:
            message = f"{quoted(text)} is taken for no answer."
            self._draft.warn(column, path, "no_answer", message)
        return ""

    def unknown(self, column: str, path: str, value: str) -> None:
        """Remark on a value that the template does not have, and count it."""
        is_none = begins_as_no_answer(value)
        message = f"{quoted(value)} is not a value that this format knows."
        self._draft.warn(column, path, "no_answer" if is_none else "unknown_value", message)
        self._draft.unmapped.append((column, value))
