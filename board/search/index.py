"""The index on disk: built beside the old one and switched, written after commit, mended when it fails.

`CURRENT` names the folder in use. Whatever goes wrong here never stops a move: the posting stays on the
repair list, which every search reads from the database, and the worker tries again.
"""

import logging
import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.fields import ID, KEYWORD, NUMERIC, Schema
from whoosh.index import LockError

from board.db import database
from board.postings.model import IndexRepair, Posting, State
from board.search.documents import BATCH, TEXTS, terms, texts

log = logging.getLogger(__name__)

VERSION = 3  # another schema or other terms: another number, and every board builds its index anew
WAIT_SECONDS = 10.0  # for another process's write
BUILDING_SECONDS = 1800  # a build that has taken longer was left by a process that died

folder: Path | None = None  # set by create_app
_open = threading.local()


def schema() -> Schema:
    """Terms alone, cut by us and fed with blanks between them, so that the index pickles no class of ours."""
    parts = {name: KEYWORD(scorable=True) for name in TEXTS}
    return Schema(id=ID(unique=True), number=NUMERIC(sortable=True), **parts)


def use(path: Path) -> None:
    """Keep the index in this folder, readable by its owner alone: it holds pickles."""
    global folder
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = path
    _open.__dict__.clear()


def current() -> Path | None:
    """The folder of the index in use, or None."""
    try:
        name = (folder / "CURRENT").read_text().strip()
    except (OSError, TypeError, ValueError):
        return None
    return folder / name if name.startswith(f"index-{VERSION}-") and "/" not in name and "\0" not in name else None


def opened():
    """The open index of this thread, or None when there is none that can be used."""
    path = current()
    if path is None:
        return None
    if getattr(_open, "path", None) == path:
        return _open.index
    for _ in range(3):  # another process may be between two files
        try:
            _open.index, _open.path, _open.searcher = whoosh_index.open_dir(path), path, None
            return _open.index
        except Exception as error:  # a foreign or broken pickle may raise anything
            trouble = error
            time.sleep(0.02)
    log.warning("the search index cannot be opened (%s); searching the database", type(trouble).__name__)
    return None


def searcher():
    """A searcher that knows the newest commit of any process, or None."""
    index = opened()
    if index is None:
        return None
    for _ in range(3):
        try:
            # not `refresh`: in this Whoosh it keeps segments that the newest commit has done away with
            if _open.searcher is None or not _open.searcher.up_to_date():
                _open.searcher = index.searcher()
            return _open.searcher
        except Exception:  # ReaderClosed, FileNotFoundError: another process committed just now
            _open.searcher = None
            time.sleep(0.02)
    distrust()
    return None


def held() -> set[int] | None:
    """The ids of the postings in the index; None when there is none that can be read."""
    found = searcher()
    if found is None:
        return None
    numbers = found.reader().column_reader("number")
    return {int(numbers[place]) for place in found.reader().all_doc_ids()}


def let_go() -> None:
    """Open the index anew the next time."""
    _open.__dict__.clear()


def distrust() -> None:
    """Reading the index failed again and again: search the database until the worker has built another."""
    path = getattr(_open, "path", None)
    _open.__dict__.clear()
    if path and current() == path:
        log.error("the search index %s is broken; a new one will be built", path.name)
        (folder / "CURRENT").unlink(missing_ok=True)


# -- writing


@contextmanager
def later():
    """Leave what changes in here to the repair list: for work on so many postings that a new index comes after."""
    _open.later = True
    try:
        yield
    finally:
        _open.later = False


def document(number: int, parts: dict[str, str]) -> dict:
    return {"id": str(number), "number": number} | {name: " ".join(words) for name, words in terms(parts).items()}


def refresh(ids: list[int]) -> bool:
    """Bring postings in step with the database; False when it has to be tried again."""
    if getattr(_open, "later", False):
        return False
    try:
        index = opened()
        if index is None:
            return False
        # read under the index's lock: whoever writes last has read last
        writer = index.writer(timeout=WAIT_SECONDS)
        try:
            listed = IndexRepair.select(IndexRepair.posting_id, IndexRepair.mark).where(IndexRepair.posting_id.in_(ids))
            marks = dict(listed.tuples())
            found = dict(texts(ids))
            for number in ids:
                writer.delete_by_term("id", str(number))
                if number in found:
                    writer.add_document(**document(number, found[number]))
        except BaseException:
            writer.cancel()
            raise
        written_to = _open.path
        writer.commit()
        if is_building() or current() != written_to:
            return False  # a new index takes over and may not have this: it stays on the list
        strike_out(marks)
        return True
    except (LockError, OSError) as error:
        log.warning("the search index was not written (%s); it will be tried again", type(error).__name__)
    except Exception:
        log.exception("the search index could not be written; it will be tried again")
    return False


def strike_out(marks: dict[int, str]) -> None:
    """Off the repair list, unless the posting has changed again since."""
    with database.atomic():
        for number, mark in marks.items():
            IndexRepair.delete().where(IndexRepair.posting_id == number, IndexRepair.mark == mark).execute()


def repair() -> int:
    """Index what is on the repair list, and build an index where there is none. Returns how many were mended."""
    if searcher() is None:
        return 0 if is_building() else rebuild()
    ids = [number for (number,) in IndexRepair.select(IndexRepair.posting_id).limit(BATCH).tuples()]
    return len(ids) if ids and refresh(ids) else 0


def is_building() -> bool:
    """A new index is being built."""
    try:
        return time.time() - (folder / "BUILDING").stat().st_mtime < BUILDING_SECONDS
    except OSError:
        return False


def rebuild(progress=None) -> int:
    """Build a new index beside the old one and switch. `progress(number)` is told of every batch. Returns the count."""
    path = folder / f"index-{VERSION}-{time.time_ns():x}"
    path.mkdir(mode=0o700)
    (folder / "BUILDING").touch()
    try:
        marks = dict(IndexRepair.select(IndexRepair.posting_id, IndexRepair.mark).tuples())
        total = fill(path, progress)
        old = current()
        fresh = folder / "CURRENT.new"
        fresh.write_text(path.name)
        os.replace(fresh, folder / "CURRENT")
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    finally:
        (folder / "BUILDING").unlink(missing_ok=True)
    strike_out(marks)
    sweep(keep={path, old})
    return total


def fill(path: Path, progress=None) -> int:
    total = 0
    writer = whoosh_index.create_in(path, schema()).writer(limitmb=128)
    ids = [number for (number,) in Posting.select(Posting.id).where(Posting.state == State.OPEN).tuples()]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for number, parts in texts(some):
            writer.add_document(**document(number, parts))
            total += 1
        if progress:
            progress(len(some))
    writer.commit()
    return total


def sweep(keep: set) -> None:
    """Remove folders of indexes long out of use; the last one stays for readers that still hold it."""
    for path in folder.glob("index-*"):
        if path not in keep:
            shutil.rmtree(path, ignore_errors=True)
