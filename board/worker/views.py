"""Settings > Background work: what the board does by itself, when, and what it could not do."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time
from flask import Blueprint, abort, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from board import htmx, tasks
from board.access import open_to, school
from board.people.model import Role
from board.school.views import proposed_count
from board.worker.health import Health, health
from board.worker.model import JobRun, JobState, counts, facts
from board.worker.rules import due_at
from board.worker.times import Daily, Every
from board.worker.timetable import BY_NAME, JOBS, Job

worker = Blueprint("worker", __name__)

RUNS_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """A job and how it stands; one the worker has not met yet has no state."""

    job: Job
    state: JobState | None
    next: datetime | None

    @property
    def is_pending(self) -> bool:
        """Something happens to it within seconds."""
        return bool(self.state and (self.state.wanted_at or self.state.is_running))


@worker.get("/settings/worker")
@open_to(Role.COORDINATOR)
def jobs():
    found = health()
    rows = [row_of(job, found) for job in JOBS]
    runs = list(JobRun.select().where(JobRun.name.in_(list(BY_NAME))).order_by(JobRun.id.desc()).limit(RUNS_SHOWN))
    return htmx.page(
        "worker/jobs.html", "work", health=found, rows=rows, runs=runs, BY_NAME=BY_NAME, when=when, did=did, took=took,
        problem=problem, asks_again=found.is_alive and any(row.is_pending for row in rows), part="worker",
        proposed=proposed_count(),
    )  # fmt: skip


def row_of(job: Job, found: Health) -> Row:
    state = found.states.get(job.name)
    zone = school().zone if school() else ZoneInfo("America/New_York")
    return Row(job, state, due_at(job, state, zone, found.at) if state else None)


@worker.post("/settings/worker/<name>")
@open_to(Role.COORDINATOR)
def run(name: str):
    """Run a job now: the worker does it, not this request."""
    job = BY_NAME.get(name) or abort(404)
    tasks.ask_for(job)
    back, words = url_for("worker.jobs") + f"#job-{job.name}", _(job.words)
    if health().is_alive:
        return htmx.go(back, _("The worker does this next: “%(job)s”.", job=words))
    said = _(
        "The worker does not run, so nothing happens now. It does this as soon as it is started: “%(job)s”.", job=words
    )
    return htmx.go(back, said, "stop")


# -- in words


def when(job: Job) -> str:
    rule = job.when
    if isinstance(rule, Daily):
        return _("every day at %(time)s", time=format_time(rule.at, "short", locale=get_locale()))
    return every(rule)


def every(rule: Every) -> str:
    if rule.minutes == 60:
        return _("every hour")
    return _("every minute") if rule.minutes == 1 else ngettext("every minute", "every %(num)d minutes", rule.minutes)


def did(row: JobState | JobRun) -> str:
    """What a run did: "Offers ended: 2. Applicants answered: 3"."""
    job = BY_NAME[row.name]
    if not job.did:
        return _("Done")
    found = [_(job.did[name], num=number) for name, number in counts(row).items() if name in job.did]
    return ". ".join(found) or _("Nothing was to be done")


def problem(row: JobState | JobRun) -> str:
    return _(row.problem, **facts(row))


def took(row: JobState | JobRun) -> str:
    seconds = round(row.milliseconds / 1000)
    if seconds < 1:
        return _("under a second")
    if seconds < 120:
        return ngettext("%(num)d second", "%(num)d seconds", seconds)
    return ngettext("%(num)d minute", "%(num)d minutes", round(seconds / 60))
