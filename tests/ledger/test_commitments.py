"""Commitments bind a value to its field, and tell nothing of it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import Invalid
from register.ledger import commit, new_salt

SALT = bytes(range(16))


@pytest.mark.parametrize("salt", [b"", SALT[:15], SALT + b"x"])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="A salt has 16 bytes"):
        commit(salt, "answers.name", "x")


def test_a_value_that_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(Invalid):
        commit(SALT, "answers.cost", 2**53)


def test_a_commitment_is_the_hash_of_salt_name_and_value() -> None:
    found = commit(SALT, "answers.name", {"ur": "پانی", "en": "Water"})

    written = '["000102030405060708090a0b0c0d0e0f","answers.name",{"en":"Water","ur":"پانی"}]'
    assert found == hashlib.sha256(written.encode()).hexdigest()


@given(st.binary(min_size=16, max_size=16), st.text("abc./", max_size=5), st.text("abc"))
def test_salt_name_and_value_each_change_the_commitment(salt: bytes, name: str, value: str) -> None:
    other_salt = bytes([salt[0] ^ 1]) + salt[1:]

    found = {
        commit(salt, name, value),
        commit(other_salt, name, value),
        commit(salt, name + "x", value),
        commit(salt, name, value + "x"),
        commit(salt, name, [value]),
        commit(salt, name, None),
    }

    assert len(found) == 6


def test_no_two_salts_are_alike() -> None:
    assert len({new_salt() for _ in range(1000)}) == 1000
    assert len(new_salt()) == 16
