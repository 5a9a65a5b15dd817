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
from board.db import database
from board.postings.model import IndexRepair
from board.search import index
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


def test_the_timetable_looks_every_minute_and_at_dates_every_hour():
    start = datetime(2026, 3, 8)  # the day the clocks change
    minutes = [start + timedelta(minutes=number) for number in range(180)]
    assert all(tasks.tell_and_mend.task_class().validate_datetime(minute) for minute in minutes)
    hourly = [minute for minute in minutes if tasks.keep_dates.task_class().validate_datetime(minute)]
    assert [minute.strftime("%H:%M") for minute in hourly] == ["00:01", "01:01", "02:01"]


def test_offers_lapse_when_the_hour_comes(app, cast, monkeypatch):
    application = factories.make_application("offered", student=cast.maya)
    type(application).update(answer_by="2026-01-01").where(type(application).id == application.id).execute()
    tasks.keep_dates.call_local()
    assert type(application).get_by_id(application.id).state == "lapsed"


def test_before_set_up_the_timetable_has_nothing_to_do(empty_app):
    tasks.keep_dates.call_local()
    tasks.tell_and_mend.call_local()
    assert moves.Step.select().count() == 0
