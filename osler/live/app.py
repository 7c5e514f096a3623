"""The ASGI application of the live process: streams out, signed events in, nothing else.

Deliberately without Django's middleware: ordinary pages are 3-5 times slower under ASGI, and a stream
through a Django view costs 1.5 times as much. Django is asked for its settings only.
"""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from osler.adapters.live import MAX_DATA_BYTES, LiveEvent
from osler.adapters.live.loopback import PUBLISH_PATH, SIGNATURE_HEADER
from osler.adapters.live.token import STREAM_PATH, TokenRefused, is_signed, read_rooms
from osler.live.hub import Hub, Listener
from osler.live.redis_hub import RedisHub

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH_PATH = "/live/healthz"
HEARTBEAT_SECONDS = 15.0
MAX_STREAMS = 20_000
MAX_BODY_BYTES = 2 * MAX_DATA_BYTES + 1_000
# After a restart everyone comes back; spread over these milliseconds they do not come at once.
RECONNECT_MILLISECONDS = (1_000, 5_000)

log = logging.getLogger(__name__)


def create() -> Application:
    """The application as the settings want it; uvicorn's factory."""
    from django.conf import settings

    hub = RedisHub(settings.OSLER_REDIS_URL) if settings.OSLER_REDIS_URL else Hub()
    return application(hub, key=settings.SECRET_KEY)


def application(hub: Hub, *, key: str, heartbeat: float = HEARTBEAT_SECONDS) -> Application:
    """The application over a given hub; `heartbeat` in seconds."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live_and_die(hub, receive, send)
            return
        if scope["type"] != "http":
            return
        route = (scope["method"], scope["path"])
        if route == ("GET", STREAM_PATH):
            await _stream(hub, key, heartbeat, scope, receive, send)
        elif route == ("GET", HEALTH_PATH):
            await _answer(send, 200, json.dumps({"status": "alive", "streams": hub.listeners}))
        elif route == ("POST", PUBLISH_PATH):
            await _accept_event(hub, key, scope, receive, send)
        else:
            await _answer(send, 404, "")

    return app


async def _live_and_die(hub: Hub, receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await hub.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _stream(hub: Hub, key: str, heartbeat: float, scope: Scope, receive: Receive, send: Send) -> None:
    token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    try:
        rooms = read_rooms(token, key=key, at=datetime.now(UTC))
    except TokenRefused as refusal:
        await _answer(send, 403, str(refusal))
        return
    if hub.listeners >= MAX_STREAMS:
        await _answer(send, 503, "Too many streams are open.")
        return
    listener = hub.subscribe(rooms)
    sender = asyncio.create_task(_send_events(listener, heartbeat, send))
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.unsubscribe(listener)
        sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)


async def _send_events(listener: Listener, heartbeat: float, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    retry = random.randint(*RECONNECT_MILLISECONDS)  # noqa: S311 - spreads load, guards nothing
    await _send_text(send, f"retry: {retry}\nevent: hello\ndata:\n\n")
    while True:
        try:
            event = await asyncio.wait_for(listener.get(), heartbeat)
        except TimeoutError:
            await _send_text(send, ": still here\n\n")
        else:
            await _send_text(send, as_server_sent(event))


def as_server_sent(event: LiveEvent) -> str:
    """An event in the wire form of server-sent events (WHATWG HTML, section 9.2)."""
    # Only these three end a line there; str.splitlines knows more and would alter the text.
    lines = event.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return f"event: {event.name}\n" + "".join(f"data: {line}\n" for line in lines) + "\n"


async def _accept_event(hub: Hub, key: str, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    body = await _body(receive)
    if body is None:
        await _answer(send, 413, "")
        return
    if not is_signed(key, body, headers.get(SIGNATURE_HEADER.lower(), "")):
        await _answer(send, 403, "")
        return
    try:
        await hub.publish(LiveEvent.from_json(body))
    except ValueError:
        await _answer(send, 400, "")
    except OSError as error:
        log.warning("Redis did not take an event: %s", error)
        await _answer(send, 503, "")
    else:
        await _answer(send, 204, "")


async def _body(receive: Receive) -> bytes | None:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece: bytes = message.get("body", b"")
        body += piece
        if len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return body


async def _send_text(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _answer(send: Send, status: int, text: str) -> None:
    body = text.encode()
    kind = b"application/json" if text.startswith("{") else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
