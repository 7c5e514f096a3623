"""Events from a publisher to an open stream, through a real live process and a real Redis."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from osler.adapters.live import LiveEvent, LivePublisher
from osler.adapters.live.loopback import LoopbackPublisher
from osler.adapters.live.redis import RedisPublisher
from osler.adapters.live.token import sign_rooms
from tests.live.conftest import KEY

ROOM = "person:7"


class Stream:
    """Reads a stream event by event."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response

    def next_event(self) -> tuple[str, str]:
        """Name and data of the next event; comments are passed over."""
        name, data = "", []
        while line := self._response.readline().decode().rstrip("\n"):
            field, _, value = line.partition(":")
            name = value.strip() if field == "event" else name
            data += [value.removeprefix(" ")] if field == "data" else []
        return name, "\n".join(data)


@contextmanager
def listening(url: str, room: str = ROOM) -> Iterator[Stream]:
    """An open stream that has said hello."""
    token = sign_rooms([room], key=KEY, at=datetime.now(UTC))
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", f"/live/events?token={token}")
    response = connection.getresponse()
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")
    stream = Stream(response)
    assert stream.next_event() == ("hello", "")
    yield stream
    connection.close()


def status(url: str, *, method: str = "GET", body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, method=method), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_an_event_goes_from_the_page_process_to_the_open_page(start_live: Callable[..., str]) -> None:
    url = start_live()
    publisher = LoopbackPublisher(url, KEY)
    with listening(url) as mine, listening(url, "person:8") as other:
        publisher.publish(LiveEvent(ROOM, "standing-changed", "line one\nline two"))
        publisher.publish(LiveEvent("person:8", "for-the-other"))
        assert mine.next_event() == ("standing-changed", "line one\nline two")
        assert other.next_event() == ("for-the-other", "")


def test_nobody_listens_without_a_fresh_token_of_ours(start_live: Callable[..., str]) -> None:
    url = start_live()
    now = datetime.now(UTC)
    foreign = sign_rooms([ROOM], key="another key", at=now)
    old = sign_rooms([ROOM], key=KEY, at=now - timedelta(hours=1))
    assert [status(f"{url}/live/events?token={token}") for token in ("", "x", foreign, old)] == [403] * 4
    assert status(f"{url}/live/events", method="POST") == 404
    assert status(f"{url}/elsewhere") == 404


def test_nobody_publishes_without_the_key(start_live: Callable[..., str]) -> None:
    url = start_live()
    body = LiveEvent(ROOM, "forged").as_json().encode()
    assert status(f"{url}/publish", method="POST", body=body) == 403
    assert status(f"{url}/publish", method="POST", body=b"x" * 100_000) == 413
    with pytest.raises(OSError, match="403"):
        LoopbackPublisher(url, "another key").publish(LiveEvent(ROOM, "forged"))


def test_a_live_process_that_is_away_is_an_error_of_the_line(start_live: Callable[..., str]) -> None:
    with pytest.raises(OSError):
        LoopbackPublisher("http://127.0.0.1:9", KEY).publish(LiveEvent(ROOM, "lost"))


@pytest.mark.redis
def test_an_event_reaches_every_node(start_live: Callable[..., str], redis_url: str) -> None:
    first, second = start_live(redis_url), start_live(redis_url)
    publishers: list[LivePublisher] = [RedisPublisher(redis_url), LoopbackPublisher(second, KEY)]
    with listening(first) as here, listening(second) as there:
        for number, publisher in enumerate(publishers):
            publisher.publish(LiveEvent(ROOM, "standing-changed", str(number)))
            assert here.next_event() == ("standing-changed", str(number))
            assert there.next_event() == ("standing-changed", str(number))


@pytest.mark.redis
def test_what_others_write_to_redis_does_no_harm(start_live: Callable[..., str], redis_url: str) -> None:
    import redis

    url = start_live(redis_url)
    with listening(url) as stream, redis.Redis.from_url(redis_url) as client:
        client.publish(f"osler:live:{ROOM}", "not an event")
        RedisPublisher(redis_url).publish(LiveEvent(ROOM, "real"))
        assert stream.next_event() == ("real", "")


@pytest.mark.redis
def test_after_redis_was_away_pages_look_afresh(start_live: Callable[..., str], redis_url: str) -> None:
    import redis

    url = start_live(redis_url)
    with listening(url) as stream, redis.Redis.from_url(redis_url) as client:
        client.client_kill_filter(_type="pubsub")
        assert stream.next_event()[0] == "resync"
        RedisPublisher(redis_url).publish(LiveEvent(ROOM, "real"))
        assert stream.next_event() == ("real", "")


def test_without_redis_a_publisher_says_so() -> None:
    with pytest.raises(OSError):
        RedisPublisher("redis://127.0.0.1:9/0").publish(LiveEvent(ROOM, "lost"))
