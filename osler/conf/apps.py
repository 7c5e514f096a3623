"""Wiring at start: which vendor stands behind each port."""

from django.apps import AppConfig
from django.conf import settings

from osler.adapters import live


class ConfConfig(AppConfig):
    """Connects the ports as the settings say."""

    name = "osler.conf"
    label = "osler_conf"

    def ready(self) -> None:
        """Runs once per process, after every model is known."""
        publisher = live_publisher()
        if publisher is not None:
            live.connect(publisher)


def live_publisher() -> live.LivePublisher | None:
    """Redis where there is one, else the live process of this machine, else none."""
    if settings.OSLER_REDIS_URL:
        from osler.adapters.live.redis import RedisPublisher

        return RedisPublisher(settings.OSLER_REDIS_URL)
    if settings.OSLER_LIVE_URL:
        from osler.adapters.live.loopback import LoopbackPublisher

        return LoopbackPublisher(settings.OSLER_LIVE_URL, settings.SECRET_KEY)
    return None
