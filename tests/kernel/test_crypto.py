"""Sealed columns and blind indexes."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from jobcenter.kernel.crypto import Keyring

RING = Keyring(data={1: b"a" * 32, 2: b"b" * 32}, current=2, index=b"i" * 32, seals={1: b"s" * 32})
OLD = Keyring(data={1: b"a" * 32}, current=1, index=b"i" * 32, seals={1: b"s" * 32})


def test_what_is_sealed_opens_again_also_after_a_new_key() -> None:
    sealed = OLD.seal("031098001234", purpose="person.id_number")
    assert b"031098001234" not in sealed
    assert RING.open(sealed, purpose="person.id_number") == "031098001234"
    assert RING.seal("x", purpose="p") != RING.seal("x", purpose="p")


def test_a_changed_byte_or_another_column_is_found() -> None:
    sealed = RING.seal("Tày", purpose="person.ethnicity")
    for place in range(1, len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(InvalidTag):
            RING.open(bytes(broken), purpose="person.ethnicity")
    with pytest.raises(InvalidTag):
        RING.open(sealed, purpose="seeker.health")


def test_blind_indexes_are_equal_only_for_equal_values_and_purposes() -> None:
    assert RING.blind("1", purpose="a") == OLD.blind("1", purpose="a")
    assert RING.blind("1", purpose="a") != RING.blind("1", purpose="b")
