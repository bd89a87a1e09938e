"""Canonical JSON against the examples that RFC 8785 itself gives."""

import json
import struct
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from register.errors import Invalid
from register.ledger import canonical

# RFC 8785, appendix B: the eight bytes of a number, and how it is written.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
# Section 3.2.2.
SAMPLE = r"""{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"""
SAMPLE_WRITTEN = (
    r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
    r'"string":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'
)
# Section 3.2.3: names in the order of their UTF-16.
NAMES = ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(1 - canonical.SAFE, canonical.SAFE - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12
)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(float("nan"), id="not a number"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param(2**53, id="too great to be exact"),
        pytest.param(-(2**53), id="too small to be exact"),
        pytest.param("\ud800", id="half a character"),
        pytest.param({"\udfff": 1}, id="half a character as a name"),
        pytest.param({1: "a"}, id="a name that is no text"),
        pytest.param(b"bytes", id="bytes"),
        pytest.param({"at": object()}, id="an object"),
    ],
)
def test_a_value_without_a_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(Invalid, match="cannot be put into the ledger"):
        canonical.encode(value)


def test_lists_nested_without_end_are_refused() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(Invalid, match="nested too deeply"):
        canonical.encode(value)


@pytest.mark.parametrize(("bytes_of_number", "written"), NUMBERS.items())
def test_numbers_are_written_as_the_rfc_shows(bytes_of_number: str, written: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bytes_of_number))

    assert canonical.encode(number) == written.encode()
    assert canonical.decode(written.encode()) == number


def test_the_sample_of_the_rfc_is_written_as_it_shows() -> None:
    assert canonical.encode(json.loads(SAMPLE)) == SAMPLE_WRITTEN.encode()


def test_names_are_sorted_by_their_utf_16() -> None:
    written = canonical.encode({name: 0 for name in sorted(NAMES)})

    assert list(json.loads(written)) == NAMES


@given(values | st.dictionaries(st.sampled_from(NAMES), scalars))
@example("\x00\x1f\x7f\x80\u2028\ufeff\U0010ffff/<>&'")
@example([1.0, -0.0, 1e16, 1e-7, 2**53 - 1])
def test_what_is_written_quickly_is_what_the_library_writes(value: object) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param('{"a":1,"a":1}', id="a name twice"),
        pytest.param('{"b":1,"a":1}', id="in another order"),
        pytest.param('{"a": 1}', id="with a space"),
        pytest.param("1.0", id="a number with a needless part"),
        pytest.param("-0", id="minus nothing"),
        pytest.param('"\\u0041"', id="a needless escape"),
        pytest.param("NaN", id="not a number"),
        pytest.param('"\\ud800"', id="half a character"),
        pytest.param("9007199254740993", id="a number that is not exact"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param("{", id="cut short"),
        pytest.param("", id="nothing"),
    ],
)
def test_json_that_is_not_canonical_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        canonical.decode(written.encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Invalid, match="not canonical JSON"):
        canonical.decode(b'"\xff"')


@given(values)
def test_what_is_written_is_read_and_written_again_alike(value: object) -> None:
    written = canonical.encode(value)

    assert canonical.decode(written) == value
    assert canonical.encode(canonical.decode(written)) == written
