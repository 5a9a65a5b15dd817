"""What the database answered, kept by each thread until anything at all is written to it, by whatever process."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from board.db import Table, database

MOST = 2000  # answers; some are one reader's own, and a night without a write is long
T = TypeVar("T")
R = TypeVar("R", bound=Table)


class Asked(threading.local):
    """Answers by key; what belongs to one reader has that reader in its key. What stands in a transaction is not kept,
    for it may be taken back, nor is None."""

    def __init__(self) -> None:
        self.stamp: tuple | None = None
        self.answers: dict[Hashable, Any] = {}

    def unchanged(self, key: Hashable, ask: Callable[[], T], *beside: Hashable) -> T:
        """`ask()`, kept until anything is written, or until one of `beside` is another: the day, say."""
        connection = database.connection()
        stamp = (connection, *stamp_of(connection), *beside)
        if self.stamp != stamp:
            self.stamp, self.answers = stamp, {}
        return self.kept(key, ask)

    def settled(self, key: Hashable, ask: Callable[[], T], *beside: Hashable) -> T:
        """The same as of the last `unchanged`, with no look at what others have written since."""
        return self.kept(key, ask) if self.stands() else self.unchanged(key, ask, *beside)

    def stands(self) -> bool:
        """Nothing was written through this connection since the last `unchanged`."""
        stamp = self.stamp
        return stamp is not None and stamp[0] is database.connection() and stamp[2] == stamp[0].total_changes

    def kept(self, key: Hashable, ask: Callable[[], T]) -> T:
        answers = self.answers
        if key in answers:
            return answers[key]
        answer = ask()  # where it finds that others have written, these answers are let go
        if answer is not None and len(answers) < MOST and not database.in_transaction():
            answers[key] = answer
        return answer

    def forget(self) -> None:
        self.stamp, self.answers = None, {}


class Moment(threading.local):
    """What others have written, as this thread's request found it when it began: asked once instead of a dozen times."""

    version: int | None = None


_moment = Moment()


def begin() -> None:
    _moment.version = version_of(database.connection())


def end() -> None:
    _moment.version = None


def stamp_of(connection) -> tuple[int, int]:
    """Differs whenever anything was written: by others, or through this connection. Whoever is about to write looks
    anew: they may have waited for another's writing."""
    version = _moment.version
    if version is None or database.in_transaction():
        version = version_of(connection)
    return version, connection.total_changes


def version_of(connection) -> int:
    return connection.execute("PRAGMA data_version").fetchone()[0]


# what the frame of every page asks for: the school, the sign-in, the counts
of_frame = Asked()


def own_copy(row: R) -> R:
    """A row that is kept, as one that its reader may change in memory."""
    made = row.__class__.__new__(row.__class__)
    made.__dict__ = row.__dict__ | {"__data__": dict(row.__data__), "__rel__": dict(row.__rel__), "_dirty": set()}
    return made
