"""The index as it is read: the newest commit of any process, or nothing, and then a call for help."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from whoosh.index import TOC

from board.db import database
from board.search import manifest, scores, storage
from board.search.manifest import Damaged, Manifest
from board.search.scores import Source

log = logging.getLogger(__name__)

DEFAULT_NAME = "MAIN"  # Whoosh's own
ASKS_EVERY = 30.0  # seconds between two calls for the worker
HELPS_ITSELF = 180.0  # seconds without an index after which a web process builds it: no worker runs

_opened: "Opened | None" = None  # in this process: nothing of it ever changes
_reading = threading.Lock()
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


class Opened(NamedTuple):
    """The index as of one commit."""

    manifest: Manifest
    segments: list  # Whoosh's
    sources: list[Source]


def opened() -> Opened | None:
    """The newest commit of any process, or None when there is no index that can be used."""
    global _opened
    for _ in range(4):
        wanted = manifest.current()
        if wanted is None:
            break
        try:
            with _reading:
                if _opened is None or _opened.manifest != wanted:
                    _opened = read(wanted)
                found = _opened
            for source in found.sources:
                source.shelf.file.check()
        except Exception as error:
            let_go()
            if manifest.current() != wanted:
                continue  # another process has committed just now
            if is_passing(error):
                log.warning("the search index could not be opened just now (%s)", error)
            else:
                give_up(wanted, error)
            break
        if _missing["since"]:
            _missing["since"] = 0.0
            for call in on_opening:
                call()
        return found
    miss()
    return None


def is_passing(error: Exception) -> bool:
    """It says nothing of the index: the next search may open it."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in manifest.PASSING)


def read(wanted: Manifest) -> Opened:
    files = manifest.files(wanted)
    segments = TOC.read(storage.ToRead(files), DEFAULT_NAME).segments
    return Opened(wanted, segments, scores.sources_of(segments, files))


def held() -> set[int] | None:
    """The ids of the postings in the index; None when there is none that can be read."""
    found = opened()
    if found is None:
        return None
    return {n for source in found.sources for n in set(source.shelf.numbers.tolist()).difference(source.dead.tolist())}


def segments() -> list:
    """Whoosh's segments of the index in use."""
    found = opened()
    return found.segments if found else []


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
    global _opened
    _opened = None


def distrust() -> None:
    """Reading the index failed again and again: search the database until the worker has built another."""
    broken = manifest.current()
    let_go()
    if broken:
        give_up(broken, Damaged("it could not be read"))


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
