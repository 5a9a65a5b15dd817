"""The worker's look: what is due runs once, what fails is said in words and tried again, nothing is lost."""

import errno
import sqlite3
from datetime import datetime, time, timedelta

import pytest
from peewee import OperationalError

from board.db import now
from board.moves import Refused
from board.school.model import School
from board.worker import actions
from board.worker.health import health
from board.worker.model import Heartbeat, JobRun, JobState, counts, facts
from board.worker.rules import CUT_OFF, in_words, wait_after
from board.worker.times import Daily, Every
from board.worker.timetable import BY_NAME, JOBS, Job

NOON = datetime(2026, 11, 1, 20, 0)  # in Los Angeles, on the day the clocks go back


class Work:
    """A job that notes when it ran; what it finds or raises can be set."""

    def __init__(self):
        self.ran, self.finds, self.raises = 0, {}, None

    def __call__(self):
        self.ran += 1
        if self.raises:
            raise self.raises
        return self.finds


@pytest.fixture
def work(app):
    return Work()


def minutely(work, name="work") -> Job:
    return Job(name, "Works", Every(1), work, {"things": "Things: %(num)s"})


def daily(work, at=time(7)) -> Job:
    return Job("daily", "Works", Daily(at), work, {})


def state(name="work") -> JobState:
    return JobState.get(JobState.name == name)


def test_a_job_runs_at_once_and_then_every_minute(work):
    job = minutely(work)
    for second in (0, 20, 59, 61, 119, 121):
        actions.look((job,), NOON + timedelta(seconds=second))
    assert work.ran == 3
    assert state().done_at == NOON + timedelta(seconds=121) and not state().is_running


def test_a_daily_job_waits_for_its_time_runs_once_and_makes_up_for_once(work):
    job = daily(work)
    look = lambda moment: actions.look((job,), moment)  # noqa: E731
    look(NOON)
    assert work.ran == 0, "it has just come into the timetable"
    morning = datetime(2026, 11, 2, 15, 0)  # 7:00 in Los Angeles, in winter time
    look(morning - timedelta(minutes=1))
    assert work.ran == 0
    for minute in range(90):
        look(morning + timedelta(minutes=minute))
    assert work.ran == 1
    for minute in range(3):
        look(morning + timedelta(days=5, hours=6, minutes=minute))
    assert work.ran == 2, "five mornings were missed, it is done once"
    look(morning + timedelta(days=6))
    assert work.ran == 3


def test_the_clock_is_the_schools(work):
    School.update(time_zone="America/New_York").execute()
    job = daily(work)
    actions.look((job,), NOON)
    actions.look((job,), datetime(2026, 11, 2, 11, 59))
    assert work.ran == 0
    actions.look((job,), datetime(2026, 11, 2, 12, 0))
    assert work.ran == 1


def test_a_clock_that_was_set_back_stops_no_job(work):
    actions.look((minutely(work),), NOON + timedelta(days=400))
    actions.look((minutely(work),), NOON)
    assert work.ran == 2 and state().done_at == NOON


def test_a_failing_job_stops_no_other_waits_longer_each_time_and_is_well_again(work):
    other = Work()
    jobs = (minutely(work), minutely(other, "other"))
    work.raises = ZeroDivisionError("by nothing")
    tried = []
    for minute in range(200):
        before = work.ran
        actions.look(jobs, NOON + timedelta(minutes=minute))
        if work.ran > before:
            tried.append(minute)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert other.ran == 200
    row = state()
    assert row.failures == len(tried) and row.done_at is None and "nobody foresaw" in row.problem
    assert row.detail == "ZeroDivisionError: by nothing"
    work.raises = None
    actions.look(jobs, NOON + timedelta(minutes=243))
    assert (state().failures, state().problem, state().retry_at) == (0, "", None)
    actions.look(jobs, NOON + timedelta(minutes=244))
    assert state().done_at == NOON + timedelta(minutes=244)


def test_a_daily_job_that_fails_is_tried_again_on_the_same_day(work):
    job = daily(work)
    actions.look((job,), NOON)
    work.raises = OSError(errno.ENOSPC, "No space")
    morning = datetime(2026, 11, 2, 15, 0)
    actions.look((job,), morning)
    work.raises = None
    actions.look((job,), morning + timedelta(seconds=30))
    actions.look((job,), morning + timedelta(minutes=1))
    assert work.ran == 2 and state("daily").done_at == morning + timedelta(minutes=1)
    assert [run.problem for run in JobRun.select()] == ["The disk is full."]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "The disk is full."),
        (PermissionError(errno.EACCES, "x", "/srv/index"), "can't be written"),
        (OperationalError("database is locked"), "busy for too long"),
        (sqlite3.OperationalError("database or disk is full"), "The disk is full."),
        (OperationalError("no such table: posting"), "did not do what it was asked"),
        (TimeoutError(), "did not answer"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "did not answer"),
        (Refused("The mail server says %(answer)s.", answer="no"), "The mail server says"),
        (KeyError("x"), "nobody foresaw"),
    ],
)
def test_an_error_reads_in_words(error, words):
    sentence, values = in_words(error)
    assert words in sentence and sentence % values


def test_a_job_may_say_in_words_why_it_could_not(work):
    work.raises = Refused("The mail server says “%(answer)s”.", answer="go away")
    actions.look((minutely(work),), NOON)
    assert state().problem % facts(state()) == "The mail server says “go away”." and state().detail == ""


def test_only_runs_that_did_something_or_failed_stand_in_the_history(work):
    job = minutely(work)
    for minute, found in enumerate(({}, None, {"things": 0}, {"things": 3}, {})):
        work.finds = found
        actions.look((job,), NOON + timedelta(minutes=minute))
    assert [counts(run) for run in JobRun.select()] == [{"things": 3}]
    assert work.ran == 5 and counts(state()) == {}


def test_the_history_is_bounded_in_number_and_in_days(work, monkeypatch):
    monkeypatch.setattr(actions, "MOST_KEPT", 5)
    work.finds = {"things": 1}
    other = minutely(work, "other")
    actions.look((other,), NOON)
    for minute in range(9):
        actions.look((minutely(work),), NOON + timedelta(minutes=minute))
    assert JobRun.select().where(JobRun.name == "work").count() == 5
    actions.look((minutely(work),), NOON + timedelta(days=31))
    assert [run.began_at for run in JobRun.select().where(JobRun.name == "work")] == [NOON + timedelta(days=31)]
    assert JobRun.select().where(JobRun.name == "other").count() == 1


def test_of_two_workers_that_see_the_same_job_one_runs_it(work):
    job = minutely(work)
    row = actions.state_of(job, NOON)
    assert actions.run(job, row, NOON) is True
    assert actions.run(job, row, NOON) is False  # as the other saw it, before
    assert work.ran == 1


def test_a_job_that_is_at_work_is_not_begun_again_until_it_must_be_dead(work):
    JobState.create(name="work", known_at=NOON, began_at=NOON, ended_at=None)
    actions.look((minutely(work),), NOON + timedelta(minutes=29))
    assert work.ran == 0
    actions.look((minutely(work),), NOON + timedelta(minutes=31))
    assert work.ran == 1


def test_the_end_of_a_run_that_was_given_up_does_not_end_the_one_that_took_its_place(work):
    slow = minutely(work)
    started = actions.state_of(slow, NOON)
    assert actions.claim(started, NOON)
    other = actions.state_of(slow, NOON + timedelta(minutes=31))
    assert actions.claim(other, NOON + timedelta(minutes=31))
    actions.end(started, NOON, 0, did={"things": 1})
    assert state().is_running and state().began_at == NOON + timedelta(minutes=31)
    actions.end(other, NOON + timedelta(minutes=31), 0)
    assert not state().is_running


def test_a_run_that_never_ended_is_late_once_it_must_be_dead(app):
    at = now() - timedelta(hours=2)
    JobState.create(name="digests", known_at=at, began_at=at, done_at=at, ended_at=None)
    assert [job.name for job, _ in health().late] == ["digests"]
    JobState.update(began_at=now() - timedelta(minutes=20)).execute()
    assert health().late == []


def test_a_job_whose_end_could_not_be_written_is_begun_again_at_the_next_look(work, monkeypatch):
    write = actions.end

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "end", locked)
    with pytest.raises(OperationalError):
        actions.look((minutely(work),), NOON)
    monkeypatch.setattr(actions, "end", write)
    assert state().is_running
    actions.look((minutely(work),), NOON + timedelta(minutes=1))
    assert work.ran == 2 and not state().is_running
    assert actions._unwritten == set()


def test_a_worker_that_starts_says_what_was_cut_off_and_does_it(work):
    JobState.create(name="daily", known_at=NOON, began_at=NOON, ended_at=None)
    actions.begin_life()
    assert state("daily").problem == CUT_OFF and [run.problem for run in JobRun.select()] == [CUT_OFF]
    assert actions.look((daily(work),)) == 1, "at once, not tomorrow"
    assert work.ran == 1 and state("daily").failures == 0


def test_one_that_kills_the_worker_each_time_is_not_begun_all_the_time(work):
    JobState.create(name="work", known_at=NOON, began_at=NOON, ended_at=None, failures=3)
    actions.begin_life()
    assert actions.look((minutely(work),)) == 0
    assert state().failures == 4


def test_a_wish_is_done_at_the_next_look_and_one_that_comes_meanwhile_after_it(work):
    job = daily(work)
    actions.ask_for(job)
    actions.ask_for(job)
    assert actions.look((job,)) == 1 and actions.look((job,)) == 0
    again = Job("daily", "Works", job.when, lambda: actions.ask_for(job), {})
    actions.ask_for(again)
    actions.look((again,))
    assert state("daily").wanted_at and actions.look((job,)) == 1


def test_every_look_is_a_sign_of_life(work):
    actions.look((), NOON)
    actions.look((), NOON + timedelta(minutes=1))
    (row,) = Heartbeat.select()
    assert row.beat_at == NOON + timedelta(minutes=1) and row.started_at == NOON


def test_waiting_grows_to_an_hour_and_no_further():
    assert [wait_after(number).seconds // 60 for number in (1, 2, 3, 6, 7, 8)] == [1, 2, 4, 32, 60, 60]
    assert wait_after(10_000) == timedelta(hours=1)


def test_the_timetable_names_each_job_once_and_has_words_for_all_it_does(app, cast):
    assert len(BY_NAME) == len(JOBS)
    for job in JOBS:
        did = job.run() or {}
        assert set(did) <= set(job.did), job.name
        assert all("%(num)s" in words for words in job.did.values())
        assert 0 < len(job.name) <= 20 and all(len(name) > 0 for name in job.did)
