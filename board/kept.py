"""Things drawn once and kept in this process. Each says in its key all that it depends on, so none is ever stale."""

import threading
import zlib
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


class Packed:
    """Texts that are much alike, in a sixth of their size: each is packed by what it shares with the first one. To
    unpack one takes some microseconds. Keys are kept as their hashes (64 bits): they are as large as the texts."""

    def __init__(self, most: int):
        self.kept: Kept[bytes] = Kept(most)
        self.like = b""
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> str | None:
        packed = self.kept.get(hash(key))
        return None if packed is None else zlib.decompressobj(zdict=self.like).decompress(packed).decode()

    def take(self, key: Hashable, packed: bytes) -> str:
        """What others have packed, on its own (see shared): it is kept as it is."""
        self.kept.put(hash(key), packed)
        return zlib.decompress(packed).decode()

    def put(self, key: Hashable, text: str) -> str:
        whole = text.encode()
        with self.lock:
            self.like = self.like or whole
        packing = zlib.compressobj(level=1, zdict=self.like)
        self.kept.put(hash(key), packing.compress(whole) + packing.flush())
        return text


def forget() -> None:
    """Another database has been opened: its rows have the same numbers."""
    for some in _all:
        with some.lock:
            some.things.clear()
