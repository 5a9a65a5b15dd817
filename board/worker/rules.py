"""When a job may run, how long a failed one waits, and how an error reads in words. Pure."""

import errno
import sqlite3
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import DatabaseError

from board.words import N_, Said
from board.worker.model import JobState
from board.worker.times import Daily
from board.worker.timetable import Job

LEASE = timedelta(minutes=30)  # a run that has not ended by then is taken to be dead
SILENT_AFTER = timedelta(minutes=5)  # the worker beats every minute, but for the one long job
LONGEST_WAIT = 60  # minutes until a failing job is tried again
CUT_OFF = N_("The worker was stopped in the midst of it.")


def due_at(job: Job, row: JobState, zone: ZoneInfo, at: datetime) -> datetime:
    """When the job is to run next; a moment that has passed means now."""
    if row.wanted_at:
        return row.wanted_at
    if row.retry_at:
        return row.retry_at
    done = row.done_at
    if done is None:  # never yet: what comes every so often begins at once, a time of the day waits for its first
        return job.when.after(row.known_at, zone) if isinstance(job.when, Daily) else row.known_at
    if done > at + timedelta(minutes=1):  # the clock has been set back since
        return at
    return job.when.after(done, zone)


def is_free(row: JobState, at: datetime) -> bool:
    return not row.is_running or row.began_at < at - LEASE


def wait_after(failures: int) -> timedelta:
    """1, 2, 4 … 60 minutes."""
    return timedelta(minutes=min(2 ** min(failures - 1, 10), LONGEST_WAIT))


def in_words(error: Exception) -> tuple[str, dict]:
    """What went wrong, as a marked sentence and what goes into it."""
    if isinstance(error, Said):
        return error.words, {key: str(value) for key, value in error.values.items()}
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return N_("The disk is full."), {}
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return N_("A file or folder can't be written: %(name)s."), {"name": str(error.filename or "")}
    if isinstance(error, DatabaseError | sqlite3.Error):
        if "locked" in str(error) or "busy" in str(error):
            return N_("The database was busy for too long."), {}
        if "full" in str(error):
            return N_("The disk is full."), {}
        return N_("The database did not do what it was asked. Whoever runs the server can ask doctor."), {}
    if isinstance(error, TimeoutError | ConnectionError):
        return N_("Another computer did not answer."), {}
    return N_("Something went wrong that nobody foresaw. Please show the line below to whoever runs the server."), {}
