"""The worker: a real one, on a real file; and the timetable."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from board import moves, tasks
from board.db import database, now
from board.notices import Notice
from board.postings.model import IndexRepair
from board.search import index
from board.worker.model import Heartbeat, JobRun, JobState, counts
from board.worker.rules import CUT_OFF
from board.worker.timetable import BY_NAME, JOBS
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30  # seconds


@contextmanager
def worker_on(settings):
    environ = os.environ | {
        "BOARD_DATA": str(settings.data), "BOARD_INDEX": str(settings.index), "BOARD_SECRET_KEY": settings.secret_key,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        cwd=ROOT,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def until(question) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_a_worker_mends_the_index_and_leaves_when_it_is_told_to(app, settings):
    index.rebuild()
    with index.later():
        posting = factories.make_posting()
    assert IndexRepair.select().count() == 1
    with worker_on(settings) as worker:
        assert until(lambda: IndexRepair.select().count() == 0), worker.poll()
    assert worker.returncode == 0
    assert index.held() == {posting.id}


def test_every_step_wakes_the_worker_but_does_not_flood_it(app, cast):
    tasks.queue.flush()
    for _ in range(3):
        factories.make_posting("submitted", cast.cedar)
    assert 1 <= tasks.queue.pending_count() <= tasks.LONG_QUEUE


def test_a_step_that_is_rolled_back_wakes_nobody(app, cast):
    tasks.queue.flush()
    with pytest.raises(ZeroDivisionError), database.atomic():
        moves.record(cast.cedar, "change", cast.dana, "verified")
        raise ZeroDivisionError
    assert tasks.queue.pending_count() == 0


def test_a_queue_that_cannot_be_written_stops_no_move(app, cast):
    database.execute_sql("ALTER TABLE task RENAME TO task_away")
    posting = factories.make_posting("open", cast.cedar)
    assert posting.state == "open"
    assert moves.Step.of(posting).count() == 3


def test_the_worker_looks_at_the_timetable_every_minute():
    start = datetime(2026, 3, 8)  # the day the clocks change
    minutes = [start + timedelta(minutes=number) for number in range(180)]
    assert all(tasks.look.task_class().validate_datetime(minute) for minute in minutes)


def test_before_set_up_the_timetable_asks_nothing_of_a_school(empty_app):
    tasks.look.call_local()
    tasks.look.call_local()
    assert moves.Step.select().count() == 0
    names = {row.name for row in JobState.select()}
    assert names == {job.name for job in JOBS if job.before_set_up} and "notices" in names


def test_a_job_that_somebody_wants_is_run_by_a_worker_that_comes_later(app, settings, cast):
    """Asked for while none ran: it stands in a row."""
    application = factories.make_application("offered", student=cast.maya)
    type(application).update(answer_by="2026-01-01").where(type(application).id == application.id).execute()
    tasks.look.call_local()
    assert type(application).get_by_id(application.id).state == "offered", "its time of the day has not come"
    tasks.ask_for(BY_NAME["dates"])
    tasks.queue.flush()
    with worker_on(settings) as worker:
        assert until(lambda: JobState.get(JobState.name == "dates").ended_at), worker.poll()
    assert type(application).get_by_id(application.id).state == "lapsed"
    row = JobState.get(JobState.name == "dates")
    assert row.wanted_at is None and row.ended_at and counts(row) == {"lapsed": 1}


def test_a_worker_that_is_killed_in_the_midst_is_followed_by_one_that_does_it(app, settings, cast):
    """Whatever was taken and not ended: the next worker says so, and does it."""
    row = JobState.create(name="notices", began_at=now(), ended_at=None)
    factories.make_posting("submitted", cast.cedar)
    with worker_on(settings) as worker:
        assert until(lambda: Notice.select().exists()), worker.poll()
    assert JobState.get_by_id(row.id).failures == 0
    assert next(run.problem for run in JobRun.select().where(JobRun.name == "notices").order_by(JobRun.id)) == CUT_OFF
    assert Heartbeat.select().count() == 1
