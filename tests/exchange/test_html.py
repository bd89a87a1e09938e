"""HTML becomes plain text and nothing else, keeps its paragraphs and lists, and comes back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.cells.html_reading import normal_text, read_html
from register.exchange.cells.html_writing import write_html

TAG = re.compile(r"<(/?)([a-z]+)([^>]*)>")
WORDS = st.text("ab <>&;'\"-1.2\u00e9\u0627\u00a0 #x\\/=!", min_size=0, max_size=12)
LINES = st.builds(
    "{}{}{}".format, st.sampled_from(["", "  ", "    "]), st.sampled_from(["", "- ", "1. "]), WORDS
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)
PIECES = st.sampled_from(
    """<p> </p> <br> <ul> </ul> <ol> </ol> <li> </li> <div> </div> <script> </script> <!-- -->
    <![CDATA[ ]]> <a\thref="https://x.nl"> </a> &lt; &#60; <p\tid='<b>'> < > " ' <svg\tonload=x>
    <table><tr><td> text - 1.""".split(" ")
)


@pytest.mark.parametrize(
    ("hostile", "text"),
    [
        ("voor<script>alert(1)</script>na", "voorna"),
        ("<script>never closed", "never closed"),
        ("<img src=x onerror=alert(1)>foto", "foto"),
        ("<p onclick=\"a>b\" style='x'>tekst</p>", "tekst"),
        ("<svg onload=alert(1)><b>vet</b>", "vet"),
        ("<a href='javascript:alert(1)'>klik</a>", "klik"),
        ("<a href='https://x.nl/?a=1&amp;b=2'>hier</a>", "hier (https://x.nl/?a=1&b=2)"),
        ("<a href='https://x.nl/'>https://x.nl/</a>", "https://x.nl/"),
        ("<!-- verborgen -->zichtbaar", "zichtbaar"),
        ("<!-- nooit gesloten <p>tekst", "nooit gesloten\n\ntekst"),
        ("<![CDATA[<b>vet</b>]]>", "vet"),
        ('<!DOCTYPE x><?php echo "x" ?>tekst', "tekst"),
        ("<p>open <b>vet <i>schuin", "open vet schuin"),
        ("<style>p{color:red}</style>tekst", "tekst"),
        ("<o:p>uit een tekstverwerker</o:p>", "uit een tekstverwerker"),
        ("a\x00b\x1b<p>c", "ab\n\nc"),
    ],
)
def test_only_words_are_left_of_hostile_markup(hostile: str, text: str) -> None:
    assert read_html(hostile).text == text


@pytest.mark.parametrize(
    "text", ["minder dan <18 jaar", "a < b > c", "x<y en <naam>", "R&D &copy=1"]
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert read_html(text).text == text


def test_a_script_written_in_character_references_stays_text_and_is_escaped_again() -> None:
    reading = read_html("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>")

    assert reading.text == "<script>alert(1)</script> &lt;"
    assert write_html(reading.text) == ("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>")


@pytest.mark.parametrize(
    "bomb",
    [
        "<ul><li>" * 60_000,
        "<div>" * 100_000 + "x",
        "<script>" * 60_000,
        "<!--" * 100_000,
        "<a '\"" * 100_000,
        "<" * 500_000,
        "&" * 500_000,
        "&#" + "9" * 500_000 + ";",
        "<a href = " + " " * 500_000 + ">",
    ],
    ids=lambda bomb: bomb[:8],
)
def test_a_text_of_nothing_but_markup_is_read_to_its_end(bomb: str) -> None:
    assert len(write_html(read_html(bomb).text, 2500)) <= 2500


def test_what_is_left_out_is_named() -> None:
    assert read_html("<p>a <b>b</b><script>x</script></p>").left_out == ("b", "script")
    assert read_html("<p>a<br>b</p><ul><li>c</li></ul>").left_out == ()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>een</p><p><br></p><p>twee<br>drie</p>", "een\n\ntwee\ndrie"),
        ("<div><div>Wet A</div>\n<div>Wet B</div></div>", "Wet A\nWet B"),
        ("<p>Kop</p><ul><li>a</li><li>b</li></ul><p>na</p>", "Kop\n\n- a\n- b\n\nna"),
        ("<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>", "- a\n  1. b\n  2. c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n  b"),
        ("regel een\n regel  twee", "regel een\nregel twee"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ],
)
def test_paragraphs_lines_and_items_are_kept(markup: str, text: str) -> None:
    assert read_html(markup).text == text


@given(TEXTS)
def test_a_text_comes_back_from_its_markup_in_its_normal_form(text: str) -> None:
    assert read_html(write_html(text)).text == normal_text(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_markup_is_read_comes_back_as_it_was_read(markup: str) -> None:
    text = read_html(markup).text

    assert read_html(write_html(text)).text == text


@given(TEXTS, st.integers(0, 90))
def test_only_allowed_tags_are_written_and_no_more_characters_than_admitted(
    text: str, most: int
) -> None:
    written = write_html(text, most)

    assert not most or len(written) <= most
    for match in TAG.finditer(written):
        assert match[2] in {"br", "p", "ul", "ol", "li"}
        assert match[3] == ""
    assert "<" not in TAG.sub("", written)


def test_a_text_that_fits_without_tags_only_is_written_without_them() -> None:
    assert write_html("a & b\n\nc", 12) == "a &amp; b\n\nc"


def test_a_text_that_is_too_long_is_cut_between_words() -> None:
    assert write_html("een twee drie vier", 16) == "<p>een twee…</p>"
