"""Publishing through Redis, for any number of nodes."""

import redis

from osler.adapters.live import LiveEvent

CHANNEL_PREFIX = "osler:live:"
TIMEOUT_SECONDS = 1.0


class RedisPublisher:
    """One publish per event on the channel of its room. Raises OSError where Redis takes over a second."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )

    def publish(self, event: LiveEvent) -> None:
        try:
            self._redis.publish(CHANNEL_PREFIX + event.room, event.as_json())
        except redis.RedisError as error:
            raise OSError(str(error)) from error
