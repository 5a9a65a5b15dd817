"""The index: built beside the old one and switched, written after commit, mended when it fails.

Whatever goes wrong here never stops a move: the posting stays on the repair list, which every search reads from the
database, and the worker tries again. How it is read is in `opening`; files, checksums and locks in `manifest`.
"""

import logging
import secrets
import threading
import time
from contextlib import contextmanager

from whoosh.index import FileIndex, LockError

from board.db import database, now
from board.postings.model import IndexRepair, Posting, State
from board.search import manifest, merging, opening, storage
from board.search.documents import BATCH, documents, schema
from board.search.manifest import BUILDING, WRITING, Damaged, Manifest, current
from board.search.opening import (  # noqa: F401  one door to the index
    distrust,
    held,
    is_being_built,
    is_whole,
    let_go,
    opened,
    segments,
    use,
    without,
)

log = logging.getLogger(__name__)

VERSION = 6  # another schema or other terms: another number, and every board builds its index anew
manifest.prefix = f"index-{VERSION}-"


PATIENCE = 3.0  # seconds that a move waits for another process's write, at most
BUILD_PATIENCE = 600.0  # the same for a build, which somebody else's build may hold up

_thread = threading.local()


@contextmanager
def later():
    """Leave what changes in here to the repair list: for work on so many postings that a new index comes after."""
    _thread.later = True
    try:
        yield
    finally:
        _thread.later = False


def refresh(ids: list[int], most: int = merging.IN_A_REQUEST, full: int = merging.FULL) -> bool:
    """Bring postings in step with the database; False when it has to be tried again. `most`, `full`: see merging."""
    if getattr(_thread, "later", False):
        return False
    try:
        with manifest.locked(WRITING, PATIENCE):
            marks = write(ids, most, full)
        if marks is not None:
            strike_out(marks)
            return True
    except (LockError, OSError) as error:
        log.warning("the search index was not written (%s); it will be tried again", type(error).__name__)
    except Damaged as error:
        log.warning("the search index was not written (%s); a new one will be built", error)
    except Exception:
        log.exception("the search index could not be written; it will be tried again")
    return False


def write(ids: list[int], most: int, full: int = merging.FULL) -> dict[int, str] | None:
    """One commit, under the lock for writing: whoever writes last has read last.

    Returns the marks on the repair list that it answers; None where there is no index, or soon another.
    """
    now_used = current()
    if now_used is None:
        return None
    manifest.files(now_used)  # or Damaged
    manifest.clear(now_used)
    listed = IndexRepair.select(IndexRepair.posting_id, IndexRepair.mark).where(IndexRepair.posting_id.in_(ids))
    marks = dict(listed.tuples())
    made = dict(documents(ids))
    marks = {number: mark for number, mark in marks.items() if made.get(number, True)}
    writer = merging.Writer(FileIndex(storage.ToWrite(now_used.path)), most, full, limitmb=32)
    try:
        for number in ids:
            writer.delete_by_term("number", number)
            if made.get(number):
                writer.add_document(**made[number])
    except BaseException:
        writer.cancel()
        raise
    writer.save()
    fresh = {name: now_used.files[name] for name in writer.files if name in now_used.files}
    fresh |= manifest.digests(now_used.path, [name for name in writer.files if name not in fresh])
    manifest.replace(now_used.name, fresh)
    manifest.clear(Manifest(now_used.name, fresh))
    # a new index that is being built may not have this: it stays on the list
    return None if is_being_built() else marks


def strike_out(marks: dict[int, str]) -> None:
    """Off the repair list, unless the posting has changed again since."""
    with database.atomic():
        for number, mark in marks.items():
            IndexRepair.delete().where(IndexRepair.posting_id == number, IndexRepair.mark == mark).execute()


# -- mending and building


def repair() -> int:
    """What the worker does every minute: postings that wait, or a whole new index where that is due. Returns how many."""
    used = current()
    try:
        with manifest.locked(BUILDING, 0):
            manifest.sweep(keep=used.name if used else "")  # a process that died may have left half an index
    except LockError:
        return 0
    except OSError:
        log.warning("the search index has no folder that can be written", exc_info=True)
    if not is_whole() or opened() is None or merging.is_worn(segments()):
        return rebuild()
    list_differences()
    ids = [number for (number,) in IndexRepair.select(IndexRepair.posting_id).limit(BATCH).tuples()]
    for how in ((merging.AT_ONCE, merging.FULL), (merging.SMALL, merging.TWO)):
        if merging.to_merge(segments(), *how):
            return len(ids) if refresh(ids, *how) else 0
    return len(ids) if ids and refresh(ids) else 0


opening.last_resort.append(repair)


def differences() -> set[int] | None:
    """Ids of postings that are found and should not be, or the reverse, and are not on the repair list."""
    found = held()  # first: what changes after this is on the list
    if found is None:
        return None
    listed = {number for (number,) in IndexRepair.select(IndexRepair.posting_id).tuples()}
    wanted = Posting.select(Posting.id).where(Posting.state == State.OPEN, Posting.held_at.is_null())
    return (found ^ {number for (number,) in wanted.tuples()}) - listed


def list_differences() -> None:
    """An index that was put back from elsewhere, or a database: the worker mends what does not agree."""
    for number in differences() or ():
        row = {"posting_id": number, "mark": secrets.token_hex(8), "created_at": now()}
        IndexRepair.insert(row).on_conflict_ignore().execute()


def rebuild(progress=None) -> int:
    """Build a new index beside the old one and switch. `progress(number)` is told of every batch. Returns the count."""
    manifest.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with manifest.locked(BUILDING, BUILD_PATIENCE):
        used = current()
        manifest.sweep(keep=used.name if used else "")
        path = manifest.folder / f"{manifest.prefix}{time.time_ns():x}"
        path.mkdir(mode=0o700)
        try:
            marks = dict(IndexRepair.select(IndexRepair.posting_id, IndexRepair.mark).tuples())
            total, files = fill(path, progress)
            with manifest.locked(WRITING, BUILD_PATIENCE):
                made = Manifest(path.name, manifest.digests(path, files))
                manifest.replace(*made)
                manifest.clear(made)
        except BaseException:
            manifest.remove(path)
            raise
        manifest.sweep(keep=path.name)
    strike_out(marks)
    return total


def fill(path, progress=None) -> tuple[int, list[str]]:
    """Write all open postings into a new index. Returns how many, and the names of its files."""
    total = 0
    writer = merging.Writer(FileIndex.create(storage.ToWrite(path), schema()), limitmb=64)
    ids = sorted(number for (number,) in Posting.select(Posting.id).where(Posting.state == State.OPEN).tuples())
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for _, made in documents(some):
            if made:
                writer.add_document(**made)
                total += 1
        if progress:
            progress(len(some))
    writer.save()
    return total, writer.files
