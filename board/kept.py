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
        return None if packed is None else unpacked(packed)

    def take(self, key: Hashable, packed: bytes) -> None:
        """What others have packed (see shared): it is kept as it is."""
        self.kept.put(hash(key), packed)

    def put(self, key: Hashable, text: str) -> str:
        with self.lock:
            self.like = self.like or known(text.encode())
        self.kept.put(hash(key), packed(text, self.like, level=1))
        return text


_likes: dict[
    bytes, bytes
] = {}  # what texts are packed by, under the number that zlib writes before each (RFC 1950, DICTID)


def known(like: bytes) -> bytes:
    """From now on what was packed by this can be unpacked."""
    return _likes.setdefault(zlib.adler32(like).to_bytes(4, "big"), like)


def packed(text: str, like: bytes, level: int = 6) -> bytes:
    packing = zlib.compressobj(level=level, zdict=like)
    return packing.compress(text.encode()) + packing.flush()


def unpacked(packed: bytes) -> str:
    """Raises KeyError where it was packed by something that is not known here, zlib.error where it is cut short."""
    unpacking = zlib.decompressobj(zdict=_likes[packed[2:6]])
    text = unpacking.decompress(packed)
    if not unpacking.eof:
        raise zlib.error("its end is gone")
    return text.decode()


def forget() -> None:
    """Another database has been opened: its rows have the same numbers."""
    for some in _all:
        with some.lock:
            some.things.clear()
