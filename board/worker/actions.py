"""The worker looks at the timetable, runs what is due, and writes down what became of it."""

import json
import logging
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from board.db import database, now
from board.school.model import School
from board.words import Said
from board.worker.model import Heartbeat, JobRun, JobState
from board.worker.rules import CUT_OFF, due_at, in_words, is_free, wait_after
from board.worker.timetable import JOBS, Job

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
MOST_KEPT = 200  # runs of one job
DETAIL = 300  # characters

TOGETHER = tuple(job for job in JOBS if not job.apart)

_unwritten: set[tuple[str, datetime]] = set()  # what has ended in this process, and could not be written down


def begin_life() -> None:
    """A worker starts. What another left unended was cut off, and is due again."""
    at = now()
    Heartbeat.replace(id=1, started_at=at, beat_at=at).execute()
    for row in JobState.select().where(JobState.began_at.is_null(False), JobState.ended_at.is_null()):
        end(row, at, 0, problem=CUT_OFF)


def beat(at: datetime) -> None:
    if not Heartbeat.update(beat_at=at).where(Heartbeat.id == 1).execute():
        Heartbeat.replace(id=1, started_at=at, beat_at=at).execute()


def look(jobs: tuple[Job, ...] = TOGETHER, at: datetime | None = None) -> int:
    """Run every job that is due, one after the other; one that fails stops no other. Returns how many ran."""
    school = School.here()
    zone = school.zone if school else ZoneInfo("America/New_York")
    ran = 0
    beat(at or now())
    for job in jobs:
        moment = at or now()  # the job before may have taken long
        if school is None and not job.before_set_up:
            continue
        row = state_of(job, moment)
        if may_run(row, moment) and due_at(job, row, zone, moment) <= moment:
            ran += run(job, row, moment)
            beat(at or now())
    return ran


def run_now(job: Job) -> bool:
    """Run a job whether it is due or not: something has just happened. False when it is at it already."""
    at = now()
    beat(at)
    row = state_of(job, at)
    return may_run(row, at) and run(job, row, at)


def may_run(row: JobState, at: datetime) -> bool:
    return is_free(row, at) or (row.began_at is not None and (row.name, row.began_at) in _unwritten)


def state_of(job: Job, at: datetime) -> JobState:
    row = JobState.get_or_none(JobState.name == job.name)
    if row is None:
        JobState.insert(name=job.name, known_at=at).on_conflict_ignore().execute()
        row = JobState.get(JobState.name == job.name)
    return row


def ask_for(job: Job) -> None:
    """Somebody wants a run; it stands in a row, so it is not lost with the queue."""
    state_of(job, now())
    JobState.update(wanted_at=now()).where(JobState.name == job.name).execute()


def run(job: Job, row: JobState, at: datetime) -> bool:
    """False when another worker was first."""
    if not claim(row, at):
        return False
    began = time.monotonic()
    told: dict = {}
    try:
        did = {name: number for name, number in (job.run() or {}).items() if number}
    except Exception as error:  # whatever it is: the other jobs go on, and people read what happened
        log.exception("job %s", job.name)
        words, values = in_words(error)
        detail = "" if isinstance(error, Said) else f"{type(error).__name__}: {error}"[:DETAIL]
        told = {"problem": words, "facts": values, "detail": detail}
    else:
        told = {"did": did}
    try:
        end(row, at, began, **told)
    except Exception:
        _unwritten.add((row.name, at))
        raise
    _unwritten.discard((row.name, row.began_at))  # what it had begun before
    return True


def claim(row: JobState, at: datetime) -> bool:
    """Take a job, as it was seen: of two workers that saw it so, one gets it."""
    as_seen = JobState.began_at.is_null() if row.began_at is None else JobState.began_at == row.began_at
    same_end = JobState.ended_at.is_null() if row.ended_at is None else JobState.ended_at == row.ended_at
    taken = JobState.update(began_at=at, ended_at=None, wanted_at=None).where(JobState.id == row.id, as_seen, same_end)
    return bool(taken.execute())


def end(row: JobState, at: datetime, began: float, did: dict | None = None, problem: str = "", facts: dict | None = None,
        detail: str = "") -> None:  # fmt: skip
    """Write down how a run ended, unless another has taken its place since; in the history too, if there is anything to
    tell."""
    begun = row.began_at if problem == CUT_OFF else at
    took = round((time.monotonic() - began) * 1000) if began else 0
    told = {
        "milliseconds": took, "did": json.dumps(did) if did else "", "problem": problem,
        "facts": json.dumps(facts) if facts else "", "detail": detail,
    }  # fmt: skip
    ended_at = at + timedelta(milliseconds=took)
    if problem:
        wait = timedelta(0) if problem == CUT_OFF and row.failures == 0 else wait_after(row.failures + 1)
        became = {"failures": JobState.failures + 1, "retry_at": at + wait}
    else:
        became = {"failures": 0, "retry_at": None, "done_at": at}
    with database.atomic():
        JobState.update(ended_at=ended_at.replace(microsecond=0), **told, **became).where(
            JobState.id == row.id, JobState.began_at == begun
        ).execute()
        if did or problem:
            JobRun.create(name=row.name, began_at=begun, **told)
            forget_old(row.name, at)


def forget_old(name: str, at: datetime) -> None:
    own = JobRun.name == name
    newest = JobRun.select(JobRun.id).where(own).order_by(JobRun.id.desc()).limit(MOST_KEPT)
    JobRun.delete().where(own, (JobRun.began_at < at - KEPT) | JobRun.id.not_in(newest)).execute()
