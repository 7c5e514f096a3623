import pytest

from osler.adapters import live
from osler.adapters.live import LiveEvent


@pytest.mark.parametrize(
    ("room", "name", "data"),
    [
        ("person", "changed", ""),
        ("person:7:8", "changed", ""),
        ("person:7", "Changed", ""),
        ("person:7", "changed\ndata: x", ""),
        ("person:7", "changed", "é" * 8_001),
    ],
)
def test_what_would_break_a_stream_is_no_event(room: str, name: str, data: str) -> None:
    with pytest.raises(ValueError):
        LiveEvent(room, name, data)


def test_an_event_survives_the_way_between_processes() -> None:
    event = LiveEvent("import:9", "progress", '{"done": 12, "of": "ü"}')
    assert LiveEvent.from_json(event.as_json()) == event


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"room": "a:1", "name": "x", "data": 1}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        LiveEvent.from_json(text)


class Broken:
    def publish(self, event: LiveEvent) -> None:
        raise ConnectionRefusedError("nobody there")


def test_a_publisher_that_fails_does_not_fail_the_act(caplog: pytest.LogCaptureFixture) -> None:
    before = live.connect(Broken())
    try:
        live.publish(LiveEvent(live.person_room(7), "standing-changed"))
    finally:
        live.connect(before)
    assert "standing-changed in person:7 was not sent: nobody there" in caplog.text


def test_events_are_kept_for_the_test(live_events: list[LiveEvent]) -> None:
    live.publish(LiveEvent(live.import_room("x1"), "progress"))
    assert live_events == [LiveEvent("import:x1", "progress")]
