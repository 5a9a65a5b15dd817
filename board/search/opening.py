"""The index as it is read: the newest commit of any process, or nothing, and then a call for help."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from whoosh.index import FileIndex

from board.db import database
from board.search import manifest, storage
from board.search.manifest import Damaged, Manifest

log = logging.getLogger(__name__)

ASKS_EVERY = 30.0  # seconds between two calls for the worker
HELPS_ITSELF = 180.0  # seconds without an index after which a web process builds it: no worker runs

_open = threading.local()
_missing = {"since": 0.0, "asked": 0.0, "helping": 0.0}
# called when a search finds no index: quick, and quiet when they fail. The last resort may take its time.
without: list[Callable[[], None]] = []
last_resort: list[Callable[[], object]] = []
on_opening: list[Callable[[], None]] = []  # called when there is an index again


def use(path: Path) -> None:
    """Keep the index in this folder, readable by its owner alone: it holds pickles."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    manifest.folder = path
    let_go()
    _missing.update(since=0.0, asked=0.0)


def searcher():
    """A searcher that knows the newest commit of any process, or None when there is no index that can be used."""
    for _ in range(4):
        wanted = manifest.current()
        if wanted is None:
            break
        if getattr(_open, "manifest", None) == wanted:
            return _open.searcher
        try:
            found = FileIndex(storage.ToRead(manifest.contents(wanted))).searcher()
        except Exception as error:
            if manifest.current() != wanted:
                continue  # another process has committed just now
            give_up(wanted, error)
            break
        _open.manifest, _open.searcher = wanted, found
        if _missing["since"]:
            _missing["since"] = 0.0
            for call in on_opening:
                call()
        return found
    miss()
    return None


def held() -> set[int] | None:
    """The ids of the postings in the index; None when there is none that can be read."""
    found = searcher()
    if found is None:
        return None
    if not found.doc_count():
        return set()
    numbers = found.reader().column_reader("number")
    return {int(numbers[place]) for place in found.reader().all_doc_ids()}


def segments(found) -> list:
    every = (reader.segment() for reader, _ in found.reader().leaf_readers())
    return [segment for segment in every if segment]  # an empty index has a reader and no segment


def is_whole() -> bool:
    """Every file of the index is on the disk as it was written."""
    now_used = manifest.current()
    try:
        if now_used:
            manifest.verify(now_used)
        return now_used is not None
    except Damaged as error:
        if manifest.current() == now_used:
            give_up(now_used, error)
            return False
        return is_whole()  # another process has committed just now


def is_being_built() -> bool:
    return manifest.is_locked(manifest.BUILDING)


def let_go() -> None:
    """Open the index anew the next time."""
    _open.__dict__.clear()


def distrust() -> None:
    """Reading the index failed again and again: search the database until the worker has built another."""
    read = getattr(_open, "manifest", None)
    let_go()
    if read:
        give_up(read, Damaged("it could not be read"))


def give_up(broken: Manifest, error: Exception) -> None:
    log.error("the search index %s is broken (%s); a new one will be built", broken.name, error)
    try:
        manifest.drop(broken)
    except OSError:
        log.warning("and its folder cannot be written", exc_info=True)


def miss() -> None:
    """There is no index: call for the worker, and when nobody comes, build one in this process beside the requests."""
    at = time.monotonic()
    _missing["since"] = _missing["since"] or at
    if at - _missing["asked"] >= ASKS_EVERY or not _missing["asked"]:
        _missing["asked"] = at
        for call in without:
            call()
    if at - _missing["since"] >= HELPS_ITSELF and at - _missing["helping"] >= HELPS_ITSELF:
        _missing["helping"] = at
        threading.Thread(target=help_itself, name="search index", daemon=True).start()


def help_itself() -> None:
    try:
        with database.connection_context():
            for build in last_resort:
                build()
    except Exception:
        log.exception("the search index could not be built")
