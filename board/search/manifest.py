"""Which files make up the index in use, and that they are as they were written.

`CURRENT` alone says it: a folder, and the name and SHA-256 of each file in it. It is replaced in one stroke after the
files are written, so what a killed process left half done never counts. Files are read whole, compared, and kept in
memory: what happens to them later on the disk changes no answer (a mapped file that is cut short would end the
process), and a pickle is loaded only from a file that we wrote.
"""

import json
import os
import re
import shutil
import threading
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from whoosh.index import LockError
from whoosh.util.filelock import FileLock, try_for

CURRENT, WRITING, BUILDING = "CURRENT", "WRITING", "BUILDING"
LOOKS_EVERY = 0.01  # seconds, while another process holds the lock
FILE = re.compile(r"[A-Za-z0-9_]+\.(?:toc|seg)")

folder: Path = Path()  # set by use
prefix = "index-"  # of the folders that hold an index of our version; set by index


class Damaged(Exception):
    """A file of the index is gone, or not what was written."""


class Manifest(NamedTuple):
    """The index in use: its folder, and the SHA-256 of each file."""

    name: str
    files: dict[str, str]

    @property
    def path(self) -> Path:
        return folder / self.name


_last: tuple[bytes, str, Manifest] | None = None


def current() -> Manifest | None:
    """The index in use: what `CURRENT` says, or None if it says nothing usable or names one of another version."""
    global _last
    try:
        with open(folder / CURRENT, "rb") as file:
            raw = file.read()
        if _last and _last[:2] == (raw, prefix):
            return _last[2]
        said = json.loads(raw)
        name, files = said["folder"], said["files"]
        sound = re.fullmatch(re.escape(prefix) + "[0-9a-f]+", name) and all(map(FILE.fullmatch, files)) and files
        if not sound:
            return None
        _last = raw, prefix, Manifest(name, {str(file): str(digest) for file, digest in files.items()})
        return _last[2]
    except (OSError, TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return None


def replace(name: str, files: dict[str, str]) -> None:
    """Make these files the index in use. The lock for writing must be held."""
    if (folder / CURRENT).is_dir():  # somebody's doing
        remove(folder / CURRENT)
    fresh = folder / f"{CURRENT}.new"
    fresh.write_text(json.dumps({"folder": name, "files": files}))
    os.replace(fresh, folder / CURRENT)


def drop(manifest: Manifest) -> None:
    """This index is not to be used any more, by any process."""
    if current() == manifest:
        (folder / CURRENT).unlink(missing_ok=True)


# -- files


class Content(NamedTuple):
    """A file in memory. `parts`: those read so far, for a segment is several files in one."""

    data: bytes
    parts: dict[tuple[int, int], bytes]


_kept: dict[str, Content] = {}  # by digest: the files of the index in use, for all threads
_lock = threading.Lock()


def contents(manifest: Manifest) -> dict[str, Content]:
    """The files' contents, each checked once. Raises Damaged."""
    with _lock:
        found = {
            name: _kept.get(digest) or Content(checked(manifest.path / name, digest), {})
            for name, digest in manifest.files.items()
        }
        _kept.clear()
        _kept.update((manifest.files[name], content) for name, content in found.items())
        return found


def checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Damaged(f"{path.name}: {error.strerror}") from None
    if sha256(data).hexdigest() != digest:
        raise Damaged(f"{path.name} is not what was written")
    return data


def verify(manifest: Manifest) -> None:
    """Read every file on the disk again. Raises Damaged."""
    for name, digest in manifest.files.items():
        checked(manifest.path / name, digest)


def digests(path: Path, names: list[str]) -> dict[str, str]:
    return {name: sha256((path / name).read_bytes()).hexdigest() for name in names}


def clear(manifest: Manifest) -> None:
    """Remove what an unfinished write left in the folder, and files that a newer one no longer needs."""
    for entry in manifest.path.iterdir():
        if entry.name not in manifest.files:
            remove(entry)


def sweep(keep: str) -> None:
    """Remove every index but this one. The lock for building must be held, else it may be somebody's new one."""
    for entry in folder.glob("index-*"):
        if entry.name != keep:
            remove(entry)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


# -- locks: the system lets go of them when a process dies


@contextmanager
def locked(name: str, seconds: float):
    """Alone among all threads and processes. Raises LockError after so many seconds, OSError without a folder."""
    lock = FileLock(str(folder / name))
    if not try_for(lock.acquire, timeout=seconds, delay=LOOKS_EVERY):
        raise LockError
    try:
        yield
    finally:
        lock.release()


def is_locked(name: str) -> bool:
    try:
        with locked(name, 0):
            return False
    except LockError:
        return True
    except OSError:
        return False
