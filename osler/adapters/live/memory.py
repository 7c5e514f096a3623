"""The fake: keeps what was published, for tests."""

from osler.adapters.live import LiveEvent


class MemoryPublisher:
    """Remembers every event in `events`, in order."""

    def __init__(self) -> None:
        self.events: list[LiveEvent] = []

    def publish(self, event: LiveEvent) -> None:
        self.events.append(event)
