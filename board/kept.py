"""Things drawn once and kept in this process. Each says in its key all that it depends on, so none is ever stale."""

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_all: WeakSet = WeakSet()


class Kept(Generic[T]):
    """At most so many things; the oldest go first. Nothing that one person alone may see belongs in here."""

    def __init__(self, most: int):
        self.most = most
        self.things: dict[Hashable, T] = {}
        self.lock = threading.Lock()
        _all.add(self)

    def get(self, key: Hashable) -> T | None:
        return self.things.get(key)

    def put(self, key: Hashable, thing: T) -> T:
        with self.lock:
            self.things[key] = thing
            while len(self.things) > self.most:
                del self.things[next(iter(self.things))]
        return thing


def forget() -> None:
    """Another database has been opened: its rows have the same numbers."""
    for some in _all:
        with some.lock:
            some.things.clear()
