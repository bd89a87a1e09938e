"""What a cell of the workbook takes, in words for whoever fills it in."""

from collections.abc import Mapping

from register.errors import Message
from register.exchange.sheet.sheet_columns import Column
from register.exchange.sheet.sheet_words import Words
from register.standard.field import Kind
from register.standard.marking import _

ONE = _("Choose one of the list.")
DAY = _("Write the day as 2026-11-23.")
FREE = _("Text.")
HINTS: Mapping[Kind, str] = {
    Kind.LINE: FREE,
    Kind.PROSE: FREE,
    Kind.LINES: _("Divide several with a semicolon (;), or write one a line."),
    Kind.CHOICE: ONE,
    Kind.CHOICES: _("Divide several answers with a semicolon (;). You may choose from:"),
    Kind.YES_NO: ONE,
    Kind.DATE: DAY,
    Kind.PARTIAL_DATE: _("Write 2026, 2026-11 or 2026-11-23."),
    Kind.NUMBER: _("Write a whole number in digits, such as 1200."),
    Kind.MONEY: _("Write the amount in digits, such as 1250000.00."),
    Kind.URL: _("Write a full web address that starts with https://."),
    Kind.EMAIL: _("Write an e-mail address."),
    Kind.AGENCY: ONE,
}
CURRENCY = _("Write the currency's three letters, such as PKR.")
AT_MOST = _("At most %(most)s characters.")
NEEDED = _("Always needed.")
NEEDED_ONCE = _("Always needed in the language in which you file.")


def hint_of(column: Column, words: Words, code: str) -> str:
    """Say in a few lines what a column asks and how to write it."""
    question = column.question
    lines = [words.say(question.help, code)] if question.help else []
    if column.is_needed:
        lines.append(words.say(NEEDED_ONCE if column.language else NEEDED, code))
    how = CURRENCY if column.step == "currency" else HINTS[question.kind]
    if how != FREE:
        lines.append(words.say(how, code))
    if question.kind is Kind.CHOICES:
        lines += [f"• {label}" for _value, label in words.choices(column, code)]
    if question.max_length:
        lines.append(words.say(Message(AT_MOST, most=question.max_length), code))
    return "\n".join(lines)


GUIDE_TITLE = _("How to fill this in")
SYSTEMS_TITLE = _("Systems")
GUIDE = (
    _("Give each system one row on the first sheet. What you do not know yet stays blank."),
    _(
        "Your own reference is any number or name by which you know the system. Send the file"
        " again with the same reference, and the register changes the same draft."
    ),
    _(
        "Suppliers, risks and other lists have sheets of their own. Each entry has a row there,"
        " with the system's reference in the first column."
    ),
    _("Where a cell has a list, choose from it. Divide several answers with a semicolon (;)."),
    _("Write a day as 2026-11-23. Where a month or a year is enough, write 2026-11 or 2026."),
    _("Point at a heading to read what is asked."),
    _(
        "You may leave columns out and change their order. Keep the hidden first row: by it the"
        " register knows the columns in either language."
    ),
    _(
        "A blank cell changes nothing in a draft that is there already. Entries of a list replace"
        " all entries of that list."
    ),
    _("To withhold an answer from the public, leave its cell blank and withhold it in the form."),
    _("That there is nothing to report is declared in the form, not here."),
    _(
        "Sending the file publishes nothing. You see first what would happen; then drafts are made,"
        " which you complete and hand in."
    ),
)
REFERENCE_HINT = _("Any number or name by which you know the system. Each system has another.")
ENTRY_HINT = _("The reference of the system to which this entry belongs.")
