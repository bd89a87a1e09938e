"""Marks a text for translation without translating it, since this floor knows no language."""


def _(text: str) -> str:
    """Give back ``text`` unchanged; the catalogue tool finds the call and collects the text."""
    return text
