"""The parts of a workbook, each gone through once and written anew, so that nothing is read twice.

Two readers may differ about one file: about where a cell stands that gives no place, about an
element where none belongs, about a number with letters behind it. So no part is handed on as it
came. What was understood here is written out plainly, each row and cell with its place, and that is
all that the next reader sees.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from register.errors import Invalid, Message
from register.standard.marking import _

MAX_ROWS = 5_000
MAX_COLUMNS = 400
MAX_CELL = 20_000  # characters
MAX_TEXT = 24_000_000  # characters that all cells together show
MAX_AREA = 4_000_000  # places of all sheets together, filled or not
HEADER_ROWS = 25  # that may stand above the first row of answers
SHARED = "xl/sharedStrings.xml"

_ROOTS = {
    "[Content_Types].xml": "Types",
    "_rels/.rels": "Relationships",
    "xl/_rels/workbook.xml.rels": "Relationships",
    "xl/workbook.xml": "workbook",
    "xl/styles.xml": "styleSheet",
    SHARED: "sst",
}  # what each part is; the others are sheets
_SHEET = "worksheet"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_POINTER = re.compile(r"[ \t\r\n]*([0-9]{1,9})[ \t\r\n]*")
_PARENTS = {"row": "sheetData", "c": "row", "v": "c", "is": "c"}

NOT_A_WORKBOOK = _("%(file)s is damaged, or is not a workbook. Save it again as XLSX.")
TOO_LARGE = _("%(file)s is too large when it is unpacked. Divide it into several files.")
FAR_CELL = _(
    "%(file)s: cell %(cell)s is filled, but %(rows)s rows and %(columns)s columns are the most."
    " Delete what is beyond, or divide the file."
)
LONG_TEXT = _("%(file)s: a text has more than %(most)s characters. Shorten it.")


@dataclass
class Parts:
    """Writes the parts of one file anew; refuses them at the first thing that is too much.

    Each cell counts with the whole text that it shows: a short file may show one long text very
    often. The texts that cells share have to come before the sheets.
    """

    file: str
    shown: int = 0
    cells: int = 0
    shared: list[int] = field(default_factory=list)

    def rewritten(self, name: str, part: bytes) -> bytes:
        """Give a part's XML as it was understood: without entities, and no cell out of bounds.

        Raise :exc:`Invalid` if it is not what its name says.
        """
        root = _ROOTS.get(name, _SHEET)
        writing = {_SHEET: _Sheet, "sst": _Texts}.get(root, _Part)(self, root)
        parser = expat.ParserCreate("UTF-8")  # whatever the part itself declares
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = writing.on_document_type
        parser.StartElementHandler = writing.on_start
        parser.EndElementHandler = writing.on_end
        parser.CharacterDataHandler = writing.on_text
        parser.Parse(part, True)
        return "".join(writing.written).encode()

    def show(self, length: int) -> None:
        """Count what a cell shows; refuse the file once all cells together show too much."""
        self.shown += length
        if self.shown > MAX_TEXT:
            raise self.refusal(TOO_LARGE)

    def refusal(self, sentence: str = NOT_A_WORKBOOK, **values: object) -> Invalid:
        """Give the error that refuses the file for this."""
        return Invalid(Message(sentence, file=self.file, **values))


class _Part:
    """A part of which every element is kept; what matters in it stands in attributes."""

    def __init__(self, parts: Parts, root: str) -> None:
        self.parts = parts
        self.root = root
        self.path: list[str] = []
        self.written: list[str] = []

    def on_document_type(self, *_declared: object) -> None:
        """Refuse entities, which a workbook never has, before they can multiply."""
        raise self.parts.refusal()

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """Write how an element begins."""
        element = self.enter(name)
        self.written.append(f"<{element}{_attributes(attributes)}>")

    def on_end(self, _name: str) -> None:
        """Write how it ends."""
        self.written.append(f"</{self.path.pop()}>")

    def on_text(self, text: str) -> None:
        """Leave out what is between the elements."""

    def enter(self, name: str) -> str:
        """Go down to an element and give its name without a prefix."""
        element = name.rpartition(":")[2]
        if not self.path and element != self.root:
            raise self.parts.refusal()
        self.path.append(element)
        return element

    def check_length(self, text: str) -> None:
        """Refuse a text much longer than a cell may be."""
        if len(text) > 2 * MAX_CELL:
            raise self.parts.refusal(LONG_TEXT, most=f"{MAX_CELL:,}")


class _Texts(_Part):
    """The texts that cells share, each of which is measured."""

    text = ""
    length = 0

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text; there is none within another."""
        super().on_start(name, attributes)
        if self.path[-1] == "si":
            if len(self.path) > 2:
                raise self.parts.refusal()
            self.text = ""

    def on_end(self, name: str) -> None:
        """Measure a text."""
        if self.path[-1] == "si":
            self.parts.shared.append(len(self.text))
        super().on_end(name)

    def on_text(self, text: str) -> None:
        """Gather a text."""
        self.text += text
        self.length += len(text)
        self.check_length(self.text)
        if self.length > MAX_TEXT:
            raise self.parts.refusal(TOO_LARGE)
        self.written.append(_escaped(text))


class _Sheet(_Part):
    """A sheet, of which only the cells that say something are kept.

    Rows and cells are counted as every reader counts them where they give no place of their own.
    They stand in order: a file in which one stands twice, or before the one that it follows, or in
    a row that is not its own, would be read differently by different readers.
    """

    def __init__(self, parts: Parts, root: str) -> None:
        super().__init__(parts, root)
        self.row = self.column = 0
        self.has_data = self.is_in_data = self.is_row_written = self.takes_text = False
        self.look: Mapping[str, str] = {}
        self.text = ""
        self.inline: str | None = None
        self.value = ""
        self.written.append(f"<{_SHEET}><sheetData>")

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """Go down to a row, a cell or what it shows; nothing else matters."""
        parent = self.path[-1] if self.path else ""
        element = self.enter(name)
        if element == "sheetData":
            self._on_data()
        elif self.is_in_data:
            self._on_inside(element, parent, attributes)

    def _on_inside(self, element: str, parent: str, attributes: dict[str, str]) -> None:
        if parent == "v" or _PARENTS.get(element, parent) != parent:
            raise self.parts.refusal()
        if element == "c":
            self._on_cell(attributes)
        elif element in {"v", "is"}:
            self.text, self.takes_text = "", element == "v"
        elif element == "t":
            self.takes_text = parent == "is" or self.path[-3:-1] == ["is", "r"]
        elif element == "row":
            self._on_row(attributes.get("r"))

    def on_end(self, _name: str) -> None:
        """Write a cell that is complete and shows something."""
        element = self.path.pop()
        self.takes_text = False
        if not self.is_in_data:
            return
        if element == "v":
            self.value = self.text
        elif element == "is":
            self.inline = self.text
        elif element == "c" and (self.inline or self.value):
            self._write_cell()
        elif element == "row" and self.is_row_written:
            self.written.append("</row>")
        elif element == "sheetData":
            self.is_in_data = False
            self.written.append(f"</sheetData></{_SHEET}>")

    def on_text(self, text: str) -> None:
        """Gather what a cell shows."""
        if self.takes_text:
            self.text += text
            self.check_length(self.text)

    def _on_data(self) -> None:
        if self.has_data or len(self.path) > 2:
            raise self.parts.refusal()
        self.has_data = self.is_in_data = True

    def _on_row(self, given: str | None) -> None:
        if given is not None and not _ROW.fullmatch(given):
            raise self.parts.refusal()
        row = self.row + 1 if given is None else int(given)
        if row <= self.row:
            raise self.parts.refusal()
        self.row, self.column, self.is_row_written = row, 0, False

    def _on_cell(self, attributes: Mapping[str, str]) -> None:
        self.parts.cells += 1
        if self.parts.cells > MAX_AREA:
            raise self.parts.refusal(TOO_LARGE)
        column = self.column + 1
        if (reference := attributes.get("r")) is not None:
            match = _CELL.fullmatch(reference)
            if match is None or int(match[2]) != self.row:
                raise self.parts.refusal()
            column = _column_of(match[1])
        if column <= self.column:
            raise self.parts.refusal()
        self.column, self.look = column, attributes
        self.inline, self.value = None, ""

    def _write_cell(self) -> None:
        place = letters_of(self.column - 1) + str(self.row)
        if self.row > MAX_ROWS + HEADER_ROWS or self.column > MAX_COLUMNS:
            rows = f"{MAX_ROWS:,}"
            raise self.parts.refusal(FAR_CELL, cell=place, rows=rows, columns=MAX_COLUMNS)
        if not self.is_row_written:
            self.written.append(f'<row r="{self.row}">')
            self.is_row_written = True
        look = {"r": place, **{name: self.look[name] for name in ("s", "t") if name in self.look}}
        if self.inline is not None:
            look["t"] = "inlineStr"
            shown = f'<is><t xml:space="preserve">{_escaped(self.inline)}</t></is>'
            self.parts.show(len(self.inline))
        else:
            shown = f"<v>{_escaped(self._measured())}</v>"
        self.written.append(f"<c{_attributes(look)}>{shown}</c>")

    def _measured(self) -> str:
        """Count what a cell shows, and give its value."""
        if self.look.get("t") != "s":
            self.parts.show(len(self.value))
            return self.value
        match = _POINTER.fullmatch(self.value)
        if match is None or int(match[1]) >= len(self.parts.shared):
            raise self.parts.refusal()
        self.parts.show(self.parts.shared[int(match[1])])
        return match[1]


def _attributes(given: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items())


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\r", "&#13;")


def _column_of(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def letters_of(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
