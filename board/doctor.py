"""Looks at what can quietly go wrong: database, migrations, index, queue, disk, mail, backups."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from board import backups, migrations
from board.audit import chain
from board.config import Settings
from board.db import database, now
from board.mail import standing
from board.placements import files
from board.postings.model import IndexRepair
from board.search import index
from board.tasks import queue
from board.words import plain
from board.worker.health import health

WORKER_IS_LATE = timedelta(minutes=10)  # it looks every minute
FAILS_OFTEN = 3  # once or twice is a busy database
DISK_LOW = 500 * 1024 * 1024  # bytes
BACKUP_IS_OLD = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One line of the report. A warning does not make the board unwell."""

    what: str
    well: bool
    words: str
    warning: bool = False

    @property
    def mark(self) -> str:
        return "ok" if self.well else "warning" if self.warning else "BAD"


def examine(settings: Settings) -> list[Finding]:
    """Every check, in order. Needs an open connection. What can't be asked because the check itself fails is bad."""
    checks: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
        ("database", integrity), ("migrations", up_to_date), ("index", index_against_database), ("repairs", repairs),
        ("worker", queue_age), ("jobs", jobs), ("disk", disk), ("mail", mail), ("letters", letters),
        ("files", handed_in), ("backup", backup_age), ("audit", audit_trail),
    )  # fmt: skip
    found = []
    for what, check in checks:
        try:
            found.append(check(settings))
        except Exception as error:  # a broken database may raise anything, and is what we came to hear of
            found.append(Finding(what, False, f"could not be examined: {error}"))
    return found


def integrity(settings: Settings) -> Finding:
    words = database.execute_sql("PRAGMA integrity_check(3)").fetchall()
    if words != [("ok",)]:
        return Finding("database", False, "; ".join(row[0] for row in words))
    loose = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    if loose:
        tables = ", ".join(sorted({row[0] for row in loose}))
        return Finding("database", False, f"{len(loose)} rows point at rows that are gone ({tables})")
    return Finding("database", True, "whole, and every row points at one that is there")


def up_to_date(settings: Settings) -> Finding:
    waiting = migrations.pending()
    if waiting:
        return Finding("migrations", False, f"{', '.join(waiting)} to apply: run migrate")
    return Finding("migrations", True, "all applied")


def index_against_database(settings: Settings) -> Finding:
    """Whole on the disk, and every open posting is in it and nothing else, but for what the repair list knows about."""
    if index.is_being_built():
        return Finding("index", True, "a new one is being built just now")
    held = index.held() if index.is_whole() else None
    if held is None:
        words = "none that can be read; search reads the database, the worker builds one within a minute (or: reindex)"
        return Finding("index", False, words)
    wrong = index.differences()
    if wrong:
        return Finding("index", False, f"{len(wrong)} postings missing or too many: the worker mends it (or: reindex)")
    return Finding("index", True, f"{len(held)} open postings, the same as in the database")


def repairs(settings: Settings) -> Finding:
    count = IndexRepair.select().count()
    oldest = IndexRepair.select(IndexRepair.created_at).order_by(IndexRepair.created_at).first()
    late = oldest is not None and now() - oldest.created_at > WORKER_IS_LATE
    words = f"{count} postings wait for the index" + (f", the oldest for {age(oldest.created_at)}" if oldest else "")
    return Finding("repairs", not late, words)


def queue_age(settings: Settings) -> Finding:
    """Whether the worker was heard of lately, and whether anybody waits to be told: then no worker runs, or it is stuck.
    On a board that has just been made no worker need have run yet."""
    found = health()
    tasks_waiting = queue.pending_count()
    calls = f"; {tasks_waiting} calls wait for it" if tasks_waiting else ""
    untold = found.untold is not None and now() - found.untold > WORKER_IS_LATE
    told = f"nobody has been told for {age(found.untold)}" if untold and found.untold else ""
    if not found.is_alive and (found.beat_at or untold):
        heard = f"last heard of {age(found.beat_at)} ago" if found.beat_at else "never heard of"
        return Finding("worker", False, "; ".join(filter(None, (heard, told))) + f"{calls}: is the worker running?")
    if untold:
        return Finding("worker", False, f"it runs, but {told}{calls}: see Settings, Background work")
    if found.beat_at is None:
        return Finding("worker", True, "nothing waits; it has not run here yet")
    return Finding("worker", True, f"at work, heard of {age(found.beat_at)} ago{calls}")


def jobs(settings: Settings) -> Finding:
    """Whether every job of the timetable does what it should, when it should."""
    found = health()
    wrong = [
        f"“{job.words}” failed {row.failures} times in a row"
        for job, row in found.failing
        if row.failures >= FAILS_OFTEN
    ]
    if found.is_alive:
        wrong += [f"“{job.words}” should have run {age(moment)} ago" for job, moment in found.late]
    return Finding("jobs", not wrong, "; ".join(wrong) or "none fails")


def disk(settings: Settings) -> Finding:
    free = min(shutil.disk_usage(path).free for path in (settings.data, settings.index) if path.exists())
    return Finding("disk", free >= DISK_LOW, f"{free / 1024**3:.1f} GB free")


def mail(settings: Settings) -> Finding:
    words = "MAIL_URL is set" if settings.mail_url else "MAIL_URL is not set; people read their notices on the board"
    return Finding("mail", bool(settings.mail_url), words, warning=True)


def letters(settings: Settings) -> Finding:
    """What waits must move. What a mail server refused for good is for a coordinator, and makes no board unwell."""
    how = standing.look()
    if how.late:
        return Finding(
            "letters", False, f"{how.waiting} wait and nobody has tried to send them: is the worker running?"
        )
    if how.troubled:
        return Finding("letters", False, f"{how.waiting} wait; the mail server: {how.words[0]}")
    if how.failed:
        return Finding("letters", False, f"{how.failed} could not be delivered: see Settings, Mail", warning=True)
    return Finding("letters", True, f"{how.waiting} wait, none too long")


def handed_in(settings: Settings) -> Finding:
    """Whether every file that a row speaks of is on the disk."""
    gone = files.missing()
    if gone:
        some = ", ".join(str(number) for number in gone[:5])
        return Finding("files", False, f"{len(gone)} that people handed in are not on the disk (attachments {some}): see the backup", warning=True)  # fmt: skip
    return Finding("files", True, "all that people handed in are on the disk")


def audit_trail(settings: Settings) -> Finding:
    """Whether every entry is as it was written, and none is missing. What holds is remembered, for the page that says so."""
    found = chain.check()
    if found.wrong:
        what = plain(chain.WRONG[found.wrong])
        return Finding("audit", False, f"the chain breaks at entry {found.broken_at}: {what} (see docs/audit.md)")
    return Finding("audit", True, f"{found.upto} entries, and every one continues the one before")


def backup_age(settings: Settings) -> Finding:
    newest = backups.newest(settings)
    if newest is None:
        return Finding("backup", False, f"none in {backups.folder(settings)}", warning=True)
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC).replace(tzinfo=None)
    return Finding("backup", now() - made < BACKUP_IS_OLD, f"{newest.name}, {age(made)} old", warning=True)


def age(at: datetime) -> str:
    minutes = int((now() - at).total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"
