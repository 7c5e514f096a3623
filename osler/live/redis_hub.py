"""The hub over Redis: one subscription per process, the fan-out to streams as cheap as without it."""

import asyncio
import contextlib
import logging

import redis.asyncio
from redis.exceptions import RedisError

from osler.adapters.live import LiveEvent
from osler.adapters.live.redis import CHANNEL_PREFIX
from osler.live.hub import Hub

RECONNECT_SECONDS = 1.0

log = logging.getLogger(__name__)


class RedisHub(Hub):
    """Publishes to every node and delivers what any node published."""

    def __init__(self, url: str) -> None:
        super().__init__()
        # redis-py 8 gives up reading after 5 seconds by default; a quiet subscription is not an error.
        self._redis = redis.asyncio.Redis.from_url(url, socket_timeout=None, socket_connect_timeout=5)
        self._reader: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()

    async def publish(self, event: LiveEvent) -> None:
        """Sends an event to every node, this one included. Raises OSError where Redis does not answer."""
        try:
            await self._redis.publish(CHANNEL_PREFIX + event.room, event.as_json())
        except RedisError as error:
            raise OSError(str(error)) from error

    async def start(self) -> None:
        """Begins to read; returns at once when Redis is down and goes on trying."""
        self._reader = asyncio.create_task(self._read_forever())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._subscribed.wait(), RECONNECT_SECONDS)

    async def stop(self) -> None:
        """Stops reading and closes the connections."""
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        await self._redis.aclose()

    async def _read_forever(self) -> None:
        missed = False
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.psubscribe(CHANNEL_PREFIX + "*")
                    self._subscribed.set()
                    if missed:
                        self.deliver_resync()
                    await self._read(subscription)
            except (RedisError, OSError) as error:
                log.warning("Redis is away, trying again: %s", error)
            missed = True
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _read(self, subscription: redis.asyncio.client.PubSub) -> None:
        async for message in subscription.listen():
            if message["type"] != "pmessage":
                continue
            try:
                self.deliver(LiveEvent.from_json(message["data"]))
            except ValueError:
                log.warning("Something else writes to %s*; it was left out.", CHANNEL_PREFIX)
