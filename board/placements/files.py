"""Files of placements on disk: in BOARD_DATA/files, outside of the web root, under random names.

A file is whole on the disk before a row speaks of it, and its row is gone before it is removed. So a process killed in
between leaves at most a file that no row knows, and `sweep` removes those; never a row without its file.
"""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from board.placements.kinds import CHUNK
from board.placements.model import Attachment

STORED = re.compile(r"[0-9a-f]{32}")  # a name as `keep` makes it
LEFT_BEHIND = (
    7 * 24 * 3600
)  # seconds after which a file without a row goes: no request takes so long, and a restore can be undone

_folder = Path()


class TooLarge(Exception):
    """More bytes came than may be kept."""


@dataclass(frozen=True)
class Kept:
    stored: str
    size: int
    digest: str


def use(data: Path) -> None:
    """Point this process at the board's data."""
    global _folder
    _folder = data / "files"


def folder() -> Path:
    return _folder


def path_of(stored: str) -> Path:
    return _folder / stored


def keep(file: BinaryIO, most: int) -> Kept:
    """Write a file to the disk, readable by its owner alone. Raises TooLarge, and keeps nothing then."""
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    path = path_of(stored)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                made.write(chunk)
            made.flush()
            os.fsync(made.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(stored, size, digest.hexdigest())


def drop(stored: str | None) -> None:
    """Remove a file whose row is gone. One that cannot be removed now is swept later."""
    if stored:
        with contextlib.suppress(OSError):
            path_of(stored).unlink(missing_ok=True)


def there() -> Iterator[Path]:
    """Every file that `keep` made."""
    if _folder.is_dir():
        yield from (path for path in _folder.iterdir() if STORED.fullmatch(path.name))


def known(names: list[str]) -> set[str]:
    """Those of these names that a row speaks of."""
    found: set[str] = set()
    for start in range(0, len(names), 500):
        rows = Attachment.select(Attachment.stored).where(Attachment.stored.in_(names[start : start + 500]))
        found |= {name for (name,) in rows.tuples()}
    return found


def sweep(older_than: float = LEFT_BEHIND) -> int:
    """Remove files that no row knows, a week after they came; how many."""
    before = time.time() - older_than
    old = [path for path in there() if path.stat().st_mtime <= before]
    spoken_of = known([path.name for path in old])
    nobodys = [path for path in old if path.name not in spoken_of]
    for path in nobodys:
        path.unlink(missing_ok=True)
    return len(nobodys)


def missing() -> list[int]:
    """Numbers of attachments whose file is not on the disk."""
    names = {path.name for path in there()}
    rows = Attachment.select(Attachment.id, Attachment.stored).where(Attachment.stored.is_null(False))
    return [number for number, stored in rows.order_by(Attachment.id).tuples() if stored not in names]


def copy_new(source: Path, target: Path, names: list[str]) -> list[str]:
    """Copy those of these files that are not in the other folder yet; the names that are nowhere.

    What a file of a name holds never changes, so one that is there is the same. One that is still needed gets the
    time of now: what has an old one is needed by no copy of the database made since.
    """
    nowhere = []
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names:
        made = target / name
        if made.exists():
            os.utime(made)
        elif not (source / name).is_file():
            nowhere.append(name)
        else:
            copy(source / name, made)
    return nowhere


def copy(source: Path, target: Path) -> None:
    """One file, whole before it has its name."""
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    with open(source, "rb") as old, open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        shutil.copyfileobj(old, new, CHUNK)
        new.flush()
        os.fsync(new.fileno())
    os.replace(partial, target)
