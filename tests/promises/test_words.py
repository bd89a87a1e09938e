"""What no file of the project says: where it was made, and anything that switches escaping off."""

import re

from tests.promises.sources import texts

# Written so that this file does not find itself.
PLACES = {
    "a path of somebody's machine": r"/wor[k]/|/op[t]/|/roo[t]/|/hom[e]/[a-z]",
    "the host of a package registry": r"registr[y]\.npmjs|file[s]\.pythonhosted",
    "an index of packages": r"--(?:extra-)?inde[x]-url[ =]\S",
    "a program that wrote it": r"(?i)\bclaud[e]\b|\bsub-?agen[t]\b|co-authored-b[y]:",
    "a conversation about it": r"(?i)\bthis sessio[n]'s\b|\bthe lead (?:writes|will|said)\b",
    "notes that lie elsewhere": r"\b(?:ARCHITECTUR|INTERFAC|DEPENDENCI|TRUS|SEARC)[ETHS]+\.md\b",
}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
LINKED_DATA = re.compile(
    r'<script type="application/ld\+json">\{\{ [a-z_]+ \| tojson \}\}</script>'
)
TEMPLATES = frozenset({".html", ".svg", ".xml", ".txt"})


def test_no_file_says_where_or_how_it_was_made() -> None:
    found = [
        f"{name}:{text[: match.start()].count(chr(10)) + 1}: {what}: {match.group()}"
        for name, text in texts()
        for what, pattern in PLACES.items()
        for match in re.finditer(pattern, text)
    ]

    assert found == []


def test_no_template_switches_escaping_off() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in texts(TEMPLATES)
        if name.startswith("templates/")
        for match in re.finditer(
            r"\|\s*safe\b|\bautoescape\b|['\"]html['\"]\s*:|\bhtml\s*=", COMMENT.sub("", text)
        )
    ]

    assert found == []


def plain(text: str) -> str:
    """A template without its comments, and without data that it gives to programs.

    These are no script, and the filter leaves nothing in them that could become one.
    """
    return LINKED_DATA.sub("", COMMENT.sub("", text))


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in texts(frozenset({".html"}))
        if name.startswith("templates/")
        for match in re.finditer(
            r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", plain(text)
        )
    ]

    assert found == []


def test_no_code_declares_a_text_to_be_markup() -> None:
    found = [
        name
        for name, text in texts(frozenset({".py"}))
        if name.startswith("register/") and re.search(r"\bMarkup\(|\bmark_safe\b", text)
    ]

    assert found == []
