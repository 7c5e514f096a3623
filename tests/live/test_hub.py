import asyncio

from osler.adapters.live import LiveEvent
from osler.live.app import as_server_sent
from osler.live.hub import QUEUE_LENGTH, Hub


def test_an_event_reaches_its_room_and_no_other() -> None:
    async def scene() -> None:
        hub = Hub()
        mine, yours = hub.subscribe(["person:1"]), hub.subscribe(["person:2", "import:5"])
        await hub.publish(LiveEvent("person:1", "a"))
        await hub.publish(LiveEvent("import:5", "b"))
        assert (await mine.get()).name == "a"
        assert (await yours.get()).name == "b"
        assert mine.is_idle
        assert yours.is_idle

    asyncio.run(scene())


def test_who_left_hears_nothing_and_is_forgotten() -> None:
    async def scene() -> None:
        hub = Hub()
        listener = hub.subscribe(["person:1"])
        hub.unsubscribe(listener)
        hub.unsubscribe(listener)
        await hub.publish(LiveEvent("person:1", "a"))
        assert listener.is_idle
        assert hub.listeners == 0

    asyncio.run(scene())


def test_a_slow_reader_is_told_to_look_afresh() -> None:
    async def scene() -> None:
        hub = Hub()
        listener = hub.subscribe(["person:1"])
        for number in range(QUEUE_LENGTH + 1):
            await hub.publish(LiveEvent("person:1", "a", str(number)))
        await hub.publish(LiveEvent("person:1", "b"))
        assert [(await listener.get()).name for _ in range(2)] == ["resync", "b"]
        assert listener.is_idle

    asyncio.run(scene())


def test_text_cannot_break_out_of_its_event() -> None:
    event = LiveEvent("person:1", "note", "one\nevent: forged\r\rdata: x\u2028y")
    assert as_server_sent(event) == (
        "event: note\ndata: one\ndata: event: forged\ndata: \ndata: data: x\u2028y\n\n"
    )
