"""Takes the last bytes of erased people off the disk: the database is written anew, its log cut, the index rebuilt.

SQLite leaves what was deleted in free pages and in its write-ahead log until then (https://sqlite.org/lang_vacuum.html).
"""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from peewee import OperationalError

from board.db import database, now, weigh
from board.privacy.model import Erasure, HomeErasure
from board.search import index

log = logging.getLogger(__name__)


def clean() -> int:
    """How many erased people are off the disk now. While somebody else reads the old log, it is tried again later."""
    waiting = {model: list(not_clean(model)) for model in (Erasure, HomeErasure)}
    if not any(waiting.values()) or database.in_transaction():
        return 0
    if any(row.in_index for row in waiting[Erasure]):
        index.rebuild()
    if not squeeze():
        return 0
    for model, rows in waiting.items():
        model.update(cleaned_at=now()).where(model.id.in_([row.id for row in rows])).execute()
    return sum(len(rows) for rows in waiting.values())


def not_clean(model):
    return model.select().where(model.cleaned_at.is_null())


def waits() -> bool:
    return any(not_clean(model).exists() for model in (Erasure, HomeErasure))


def squeeze() -> bool:
    """Write the database file anew, without anything deleted; False when it could not be done whole now."""
    weigh()  # its samples hold values of indexed columns
    try:
        database.execute_sql("PRAGMA secure_delete = ON")
        database.execute_sql("VACUUM")
        busy, _pages, _moved = database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except OperationalError:
        log.warning("the database could not be written anew; it will be tried again", exc_info=True)
        return False
    return not busy


# -- copies


@dataclass(frozen=True)
class Copy:
    """A copy of the database that was made before a moment."""

    name: str
    made_at: datetime
    gone_on: date  # by the school's own setting


def copies(data: Path, before: datetime, days: int) -> list[Copy]:
    """Copies that still hold somebody who was erased at a moment, newest last: of the usual folder, and what a restore
    left behind."""
    found = []
    for path in [*(data / "backups").glob("*.sqlite3"), *data.glob("*.before-restore")]:
        made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None, microsecond=0)
        if made_at <= before:
            found.append(Copy(path.name, made_at, (made_at + timedelta(days=days)).date()))
    return sorted(found, key=lambda copy: copy.made_at)
