"""Who listens where, and how an event reaches them: publish, subscribe, unsubscribe.

`Hub` serves one process. `RedisHub` (redis_hub.py) offers the same three functions over any number of nodes.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable

from osler.adapters.live import LiveEvent

# A reader this far behind is better served by looking afresh than by the backlog.
QUEUE_LENGTH = 64
# Tells a page that it missed something and should ask for its current state.
RESYNC = "resync"


class Listener:
    """One open stream: a bounded queue. A reader that is too slow loses the backlog and is told so."""

    def __init__(self, rooms: Iterable[str]) -> None:
        self.rooms = frozenset(rooms)
        self._queue: asyncio.Queue[LiveEvent] = asyncio.Queue(QUEUE_LENGTH)

    def put(self, event: LiveEvent) -> None:
        """Adds an event without waiting; a full queue is replaced by one `resync`."""
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            event = LiveEvent(event.room, RESYNC)
        self._queue.put_nowait(event)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be sent."""
        return self._queue.empty()

    async def get(self) -> LiveEvent:
        """The next event, as soon as there is one."""
        return await self._queue.get()


class Hub:
    """Fan-out inside one process."""

    def __init__(self) -> None:
        self._rooms: defaultdict[str, set[Listener]] = defaultdict(set)
        self.listeners = 0

    def subscribe(self, rooms: Iterable[str]) -> Listener:
        """A new listener in `rooms`; it hears what is published from now on."""
        listener = Listener(rooms)
        for room in listener.rooms:
            self._rooms[room].add(listener)
        self.listeners += 1
        return listener

    def unsubscribe(self, listener: Listener) -> None:
        """Forgets a listener; a second time does nothing."""
        was_known = False
        for room in listener.rooms:
            if listener in self._rooms.get(room, ()):
                was_known = True
                self._rooms[room].discard(listener)
                if not self._rooms[room]:
                    del self._rooms[room]
        self.listeners -= was_known

    async def publish(self, event: LiveEvent) -> None:
        """Brings an event to everyone in its room."""
        self.deliver(event)

    def deliver(self, event: LiveEvent) -> None:
        """Puts an event into the queues of this process."""
        for listener in self._rooms.get(event.room, ()):
            listener.put(event)

    def deliver_resync(self) -> None:
        """Tells everyone in this process to look afresh."""
        for room in tuple(self._rooms):
            self.deliver(LiveEvent(room, RESYNC))

    async def start(self) -> None:
        """Begins to listen to other nodes; one process has none."""

    async def stop(self) -> None:
        """Ends what `start` began."""
