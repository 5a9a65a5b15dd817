"""Settings > Background work: what ran, what could not, and what a coordinator may ask for."""

from datetime import timedelta

import pytest

from board import doctor, moves, tasks
from board.db import now
from board.moves import Refused
from board.worker import actions
from board.worker.model import Heartbeat, JobRun, JobState
from board.worker.times import Every
from board.worker.timetable import BY_NAME, JOBS, Job
from tests import factories
from tests.inspector import by_id, having, text_of, words

PAGE = "/settings/worker"


@pytest.fixture
def ruiz(client, cast):
    return client(cast.ruiz)


def row(browser, name: str) -> str:
    return words(by_id(browser.page, f"job-{name}"))


def seconds_ago(number: int):
    return now() - timedelta(seconds=number)


def fail(name: str, error: Exception, times: int = 1) -> None:
    """A job of the timetable fails as it would."""

    def stumble():
        raise error

    broken = Job(name, BY_NAME[name].words, Every(1), stumble, {})
    for _ in range(times):
        actions.run_now(broken)


def test_every_job_stands_on_the_page_in_words_before_any_has_run(ruiz):
    ruiz.get(PAGE)
    assert [e.get("data-job") for e in having(ruiz.page, "data-job")] == [job.name for job in JOBS]
    assert "every minute" in row(ruiz, "notices") and "not yet" in row(ruiz, "notices")
    assert "every day at 7:00" in row(ruiz, "reminders") and "every hour" in row(ruiz, "weigh")
    assert "It has never been heard of here" in text_of(ruiz.page)


def test_what_ran_says_when_how_long_and_what_it_did(ruiz, cast):
    factories.make_posting("submitted", cast.cedar)
    actions.look()
    JobState.update(began_at=seconds_ago(180), milliseconds=2400).where(JobState.name == "notices").execute()
    ruiz.get(PAGE)
    said = row(ruiz, "notices")
    assert "3 minutes ago" in said and "took 2 seconds" in said and "Notices made: 2" in said
    assert "Nothing was to be done" in row(ruiz, "searches")
    assert having(ruiz.page, "data-worker", "alive") and not by_id(ruiz.page, "failed")
    assert len(having(ruiz.page, "data-run")) == JobRun.select().count() >= 1


def test_what_failed_is_said_in_words_first_and_with_what_helps_to_mend_it(ruiz):
    fail("index", OSError(28, "No space left"), times=2)
    fail("reminders", Refused("The mail server says “%(answer)s”.", answer="<b>no</b>"))
    ruiz.get(PAGE)
    failed = words(by_id(ruiz.page, "failed"))
    assert "The disk is full." in failed and "failed 2 times in a row" in failed and "OSError" in failed
    assert "The mail server says “<b>no</b>”." in failed and "It has failed once" in failed
    assert "could not" in row(ruiz, "index") and "could not" not in row(ruiz, "notices")
    assert [e.get("data-trouble") for e in having(ruiz.page, "data-trouble")] == ["index", "reminders"]


def test_run_now_asks_the_worker_and_the_request_itself_does_nothing(ruiz, cast):
    actions.look()
    tasks.queue.flush()
    factories.make_posting("submitted", cast.cedar)
    tasks.queue.flush()
    answer = ruiz.post(f"{PAGE}/notices")
    assert answer.status_code == 303 and answer.location == f"{PAGE}#job-notices"
    assert [task.name for task in tasks.queue.pending()] == ["look_now"]
    assert JobState.get(JobState.name == "notices").wanted_at
    assert moves.Step.select().where(moves.Step.told_at.is_null()).exists()
    ruiz.get(PAGE)
    assert "The worker does this next" in text_of(ruiz.page) and "asked for" in row(ruiz, "notices")
    assert by_id(ruiz.page, "work").get("hx-trigger") == "every 3s"
    tasks.look_now.call_local()
    assert not moves.Step.select().where(moves.Step.told_at.is_null()).exists()
    ruiz.get(PAGE)
    assert "asked for" not in row(ruiz, "notices") and by_id(ruiz.page, "work").get("hx-trigger") is None


@pytest.mark.parametrize("heard", [None, 3600])
def test_without_a_worker_run_now_says_so_and_the_wish_is_kept(ruiz, heard):
    if heard:
        Heartbeat.create(id=1, started_at=seconds_ago(9000), beat_at=seconds_ago(heard))
    ruiz.post(f"{PAGE}/dates")
    ruiz.get(PAGE)
    assert "The worker does not run, so nothing happens now." in text_of(ruiz.page)
    assert JobState.get(JobState.name == "dates").wanted_at
    assert "when the worker runs" in row(ruiz, "reminders")
    assert by_id(ruiz.page, "work").get("hx-trigger") is None, "nobody waits at a page that will not change"


def test_a_job_that_runs_long_is_no_silent_worker(ruiz):
    Heartbeat.create(id=1, started_at=seconds_ago(9000), beat_at=seconds_ago(900))
    JobState.create(name="index", began_at=seconds_ago(890), ended_at=None)
    ruiz.get(PAGE)
    assert having(ruiz.page, "data-worker", "alive") and "at work" in row(ruiz, "index")
    JobState.update(began_at=seconds_ago(3600)).execute()
    ruiz.get(PAGE)
    assert having(ruiz.page, "data-worker", "silent")


def test_a_job_nobody_knows_is_not_there(ruiz):
    assert ruiz.post(f"{PAGE}/nothing").status_code == 404
    assert JobState.select().count() == 0


def test_times_are_written_as_the_reader_writes_them(ruiz):
    actions.look()
    JobState.update(began_at=seconds_ago(180)).where(JobState.name == "notices").execute()
    ruiz.post("/language", data={"language": "es"})
    ruiz.get(PAGE)
    assert "hace 3 minutos" in row(ruiz, "notices") and "7:00" in row(ruiz, "reminders")
    assert "AM" not in row(ruiz, "reminders")


def test_htmx_gets_the_region_alone(ruiz):
    answer = ruiz.piece(PAGE)
    assert '<div id="work"' in answer.text and "site-header" not in answer.text


# -- doctor


def finding(settings, what: str):
    return next(one for one in doctor.examine(settings) if one.what == what)


def test_doctor_hears_the_worker_and_misses_it(app, cast, settings):
    assert finding(settings, "worker").well, "a new board"
    actions.look()
    assert finding(settings, "worker").words.startswith("at work, heard of 0 minutes ago")
    Heartbeat.update(beat_at=now() - timedelta(minutes=40)).execute()
    found = finding(settings, "worker")
    assert not found.well and "last heard of 40 minutes ago" in found.words and "is the worker running?" in found.words


def test_doctor_tells_of_a_worker_that_runs_and_tells_nobody(app, cast, settings):
    actions.look()
    factories.make_posting("submitted", cast.cedar)
    moves.Step.update(at=now() - timedelta(minutes=30)).execute()
    found = finding(settings, "worker")
    assert not found.well and "it runs, but nobody has been told for 30 minutes" in found.words


def test_doctor_tells_of_jobs_that_fail_again_and_again_or_do_not_come(app, cast, settings):
    actions.look()
    fail("searches", ZeroDivisionError(), times=2)
    assert finding(settings, "jobs").well
    fail("searches", ZeroDivisionError())
    assert "“Look for what saved searches find” failed 3 times in a row" in finding(settings, "jobs").words
    assert not finding(settings, "jobs").well
    JobState.delete().where(JobState.name == "searches").execute()
    JobState.update(done_at=now() - timedelta(hours=30)).where(JobState.name == "weigh").execute()
    assert "should have run 29 hours ago" in finding(settings, "jobs").words
