"""What was drawn, for all processes: a file beside the index that the worker fills ahead, and the others only read.

So a project's first reader does not wait for it to be drawn, in whichever process. Like the index it is disposable:
where it is gone, full of garbage or of another version of the board, everybody draws for themselves. A text is found by
all that it says, so it is never stale; nothing that one person alone may see belongs in here.
"""

import hashlib
import hmac
import logging
import sqlite3
import threading
import zlib
from collections.abc import Hashable, Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from board.kept import known, packed, unpacked

log = logging.getLogger(__name__)

FILE = "drawn.sqlite3"
CODE = ("*.py", "*.html", "*.mo", "icons.svg")  # what a drawing is made of, beside its key
TABLE = "CREATE TABLE IF NOT EXISTS drawn (key INTEGER PRIMARY KEY, day INTEGER NOT NULL, text BLOB NOT NULL)"

LIKE = 0  # the key of what all texts are packed by: the first of them
ALIKE, MOST_ALIKE = 2, 30_000  # a page and a card; characters, of which zlib sees the last 32 KB
ALWAYS = 10**9  # a day that never comes

_path = Path()  # set by use
_secret = b""


class Reader(threading.local):
    """This thread's connection to the file, and which file that is."""

    connection: sqlite3.Connection | None = None
    inode = 0
    knows_like = False


_reader = Reader()


def use(folder: Path, secret: str) -> None:
    """Where the file lies. Its keys are made with the board's secret: nobody else can put a text there."""
    global _path, _secret
    _path = folder / FILE
    _secret = hashlib.sha256(f"{secret} {code()}".encode()).digest()
    let_go()


@cache
def code() -> str:
    """A mark of this version of the board: the names, sizes and times of its files."""
    here = Path(__file__).parent
    files = sorted(path for pattern in CODE for path in here.rglob(pattern))
    told = [(str(path.relative_to(here)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def place(name: str) -> str:
    """Words to stand in a drawing for what is put in later: the same in all processes, and nobody's to guess."""
    return f"{name}-{hmac.new(_secret, name.encode(), 'sha256').hexdigest()[:32]}"


def hashed(key: Hashable) -> int:
    """A row's number, 64 bits: two of a million texts have the same once in ten million boards."""
    return int.from_bytes(hmac.digest(_secret, repr(key).encode(), "sha256")[:8], "big", signed=True)


def read(key: Hashable) -> str | None:
    """What was drawn under a key; None where nobody has yet."""
    (found,) = read_each([key])
    return found and found[1]


def read_each(keys: list[Hashable]) -> list[tuple[bytes, str] | None]:
    """The same of several at once, in order: each as it is packed, and unpacked."""
    wanted = [*map(hashed, keys)]
    try:
        found = look_up(wanted)
        return [(found[one], unpacked(found[one])) if one in found else None for one in wanted]
    except (sqlite3.Error, zlib.error, KeyError, UnicodeDecodeError, OSError):
        let_go()
        return [None] * len(keys)


def look_up(keys: list[int]) -> dict[int, bytes]:
    if _reader.connection:
        found = asked(_reader.connection, keys)
        if len(found) == len(keys) or (is_there() and _path.stat().st_ino == _reader.inode):
            return found
    let_go()
    if not is_there():
        return {}
    inode = _path.stat().st_ino
    connection = sqlite3.connect(f"{_path.as_uri()}?mode=ro", uri=True, timeout=0, isolation_level=None)
    _reader.connection, _reader.inode = connection, inode
    connection.execute("PRAGMA cache_size = -500")
    like = asked(connection, [LIKE])
    if not like:  # nothing is there yet
        let_go()
        return {}
    known(like[LIKE])
    return asked(connection, keys)


def asked(connection: sqlite3.Connection, keys: list[int]) -> dict[int, bytes]:
    marks = ", ".join("?" * len(keys))
    return dict(connection.execute(f"SELECT key, text FROM drawn WHERE key IN ({marks})", keys).fetchall())


def is_there() -> bool:
    return _path.is_file()


def let_go() -> None:
    if _reader.connection:
        _reader.connection.close()
    _reader.connection = None


# a fault that passes, or that another file would have, too
NOT_OF_THE_FILE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}  # fmt: skip


def write(day: int, some: Iterable[tuple[Hashable, str]]) -> bool:
    """Put texts there, drawn on this day. Whether all that was there before is gone, since the file could not be used.
    Raises sqlite3.Error and OSError."""
    texts = [(hashed(key), text) for key, text in some]
    try:
        put(day, texts)
        return False
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in NOT_OF_THE_FILE:
            raise
        log.warning("the file of what was drawn cannot be used; a new one is begun")
        forget()
        put(day, texts)
        return True


def put(day: int, texts: list[tuple[int, str]]) -> None:
    if not texts:
        return
    with closing(opened()) as connection, connection:
        like = asked(connection, [LIKE]).get(LIKE)
        if like is None:
            like = "".join(text for _, text in texts[:ALIKE]).encode()[-MOST_ALIKE:]
            connection.execute("INSERT INTO drawn VALUES (?, ?, ?)", (LIKE, ALWAYS, like))
        rows = [(key, day, packed(text, like)) for key, text in texts]
        connection.executemany("INSERT OR REPLACE INTO drawn VALUES (?, ?, ?)", rows)


def forget_before(day: int) -> None:
    """Let go of what was drawn before a day."""
    with suppress(sqlite3.Error), closing(opened()) as connection, connection:
        connection.execute("DELETE FROM drawn WHERE day < ?", (day,))


def opened() -> sqlite3.Connection:
    """For writing. What a crash takes with it is drawn again, so nothing waits for the disk."""
    _path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(_path, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(TABLE)
    return connection


def forget() -> None:
    """Remove the file, whatever it holds."""
    let_go()
    for path in (_path, _path.with_name(f"{FILE}-wal"), _path.with_name(f"{FILE}-shm")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
