from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.adapters.live.token import (
    LIFETIME,
    MAX_ROOMS,
    TokenRefused,
    is_signed,
    read_rooms,
    sign_message,
    sign_rooms,
)

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def test_a_token_opens_the_rooms_it_names() -> None:
    token = sign_rooms(["person:7", "import:ab-1"], key="k", at=NOW)
    assert read_rooms(token, key="k", at=NOW) == ("import:ab-1", "person:7")


def test_a_token_ends_on_time() -> None:
    token = sign_rooms(["person:7"], key="k", at=NOW)
    read_rooms(token, key="k", at=NOW + LIFETIME - timedelta(seconds=1))
    with pytest.raises(TokenRefused, match="too old"):
        read_rooms(token, key="k", at=NOW + LIFETIME)


def test_another_key_is_refused() -> None:
    with pytest.raises(TokenRefused, match="altered"):
        read_rooms(sign_rooms(["person:7"], key="k", at=NOW), key="other", at=NOW)


@given(st.binary(max_size=200))
def test_nobody_makes_a_token_without_the_key(noise: bytes) -> None:
    text = noise.decode("latin-1")
    with pytest.raises(TokenRefused):
        read_rooms(text, key="k", at=NOW)


@given(st.data())
def test_no_single_altered_character_passes(data: st.DataObject) -> None:
    token = sign_rooms(["person:7"], key="k", at=NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda c: c != token[place]))
    with pytest.raises(TokenRefused):
        read_rooms(token[:place] + other + token[place + 1 :], key="k", at=NOW)


@pytest.mark.parametrize(
    "rooms", [[], ["person"], ["person:7\nx:1"], [f"room:{n}" for n in range(MAX_ROOMS + 1)]]
)
def test_rooms_that_are_none_are_refused(rooms: list[str]) -> None:
    with pytest.raises(ValueError, match="1 to 20 rooms"):
        sign_rooms(rooms, key="k", at=NOW)


def test_a_stream_token_does_not_sign_a_message() -> None:
    token = sign_rooms(["person:7"], key="k", at=NOW)
    payload, _, signature = token.partition(".")
    assert not is_signed("k", payload.encode(), signature)
    assert is_signed("k", payload.encode(), sign_message("k", payload.encode()))
