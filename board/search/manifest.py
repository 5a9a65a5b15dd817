"""Which files make up the index in use, and that they are as they were written.

`CURRENT` alone says it: a folder, and the name and SHA-256 of each file in it. It is replaced in one stroke after the
files are written, so what a killed process left half done never counts. Each file is compared with its digest once and
stays open; it is believed as long as its size and its time say that nobody has touched it. So a pickle is loaded only
from a file that we wrote. (None is mapped: one that is cut short on the disk would end the process.)
"""

import errno
import json
import os
import re
import shutil
import threading
import weakref
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from whoosh.index import LockError
from whoosh.util.filelock import FileLock, try_for

CURRENT, WRITING, BUILDING = "CURRENT", "WRITING", "BUILDING"
LOOKS_EVERY = 0.01  # seconds, while another process holds the lock
FILE = re.compile(r"[A-Za-z0-9_]+\.(?:toc|seg|flat)")

folder: Path = Path()  # set by use
prefix = "index-"  # of the folders that hold an index of our version; set by index


# not the file's fault: too many are open, or memory is short
PASSING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


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


class File:
    """A file of the index, open. Raises Damaged where it is not what was written, or has been touched since."""

    def __init__(self, path: Path, digest: str):
        self.path, self.lock = path, threading.Lock()
        try:
            self.file = path.open("rb")
        except OSError as error:
            if error.errno in PASSING:
                raise
            raise Damaged(f"{path.name}: {error.strerror}") from None
        weakref.finalize(self, self.file.close)  # when the last search that reads it is done
        self.stamp = self.look()
        if file_digest(self.file, "sha256").hexdigest() != digest:
            raise Damaged(f"{path.name} is not what was written")
        self.check()

    def look(self) -> tuple[int, int]:
        found = os.fstat(self.file.fileno())
        return found.st_size, found.st_mtime_ns

    def check(self) -> None:
        if self.look() != self.stamp:
            raise Damaged(f"{self.path.name} was changed")

    def read(self, offset: int, length: int = -1) -> bytes:
        """Some bytes, or all from there on."""
        with self.lock:
            self.file.seek(offset)
            return self.file.read(length)


_kept: dict[str, File] = {}  # by digest: the files of the index in use, for all threads
_lock = threading.Lock()


def files(manifest: Manifest) -> dict[str, File]:
    """The index's files, each as it was written. Raises Damaged."""
    with _lock:
        found = {name: _kept.get(digest) for name, digest in manifest.files.items()}
        for name, file in found.items():
            if file is None or file.path != manifest.path / name or file.look() != file.stamp:
                found[name] = File(manifest.path / name, manifest.files[name])
        _kept.clear()
        _kept.update((manifest.files[name], file) for name, file in found.items())
        return found


def verify(manifest: Manifest) -> None:
    """Read every file on the disk again. Raises Damaged."""
    for name, digest in manifest.files.items():
        File(manifest.path / name, digest)


def digests(path: Path, names: list[str]) -> dict[str, str]:
    found = {}
    for name in names:
        with (path / name).open("rb") as file:
            found[name] = file_digest(file, "sha256").hexdigest()
    return found


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
        with suppress(PermissionError):  # Windows keeps what somebody reads: the next sweep takes it
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
