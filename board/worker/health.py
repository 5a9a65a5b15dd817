"""How the worker is: whether it was heard of, what it could not do, and who has waited longest to be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from board.db import now
from board.moves import Step
from board.school.model import School
from board.worker.model import Heartbeat, JobState
from board.worker.rules import SILENT_AFTER, due_at, is_free
from board.worker.timetable import BY_NAME, JOBS, Job

LATE = timedelta(minutes=10)  # what is due is done within a minute or two


@dataclass(frozen=True)
class Health:
    at: datetime
    beat_at: datetime | None  # when the worker was last heard of
    states: dict[str, JobState]
    untold: datetime | None  # the oldest Step that nobody was told of
    late: list[tuple[Job, datetime]]  # jobs that should have run a while ago, the longest first

    @property
    def busy(self) -> JobState | None:
        """A job that runs just now."""
        return next((row for row in self.states.values() if row.is_running and not is_free(row, self.at)), None)

    @property
    def is_alive(self) -> bool:
        """Heard of lately, or busy with something long."""
        heard = self.beat_at is not None and self.at - self.beat_at < SILENT_AFTER
        return heard or (self.beat_at is not None and self.busy is not None)

    @property
    def is_missed(self) -> bool:
        """No worker runs, and there is something for it to do: on a board that has just been made nothing waits yet."""
        waits = self.untold is not None and self.at - self.untold > LATE
        return not self.is_alive and (self.beat_at is not None or waits)

    @property
    def failing(self) -> list[tuple[Job, JobState]]:
        """Jobs whose last run failed, in the order of the timetable."""
        return [
            (job, self.states[job.name]) for job in JOBS if job.name in self.states and self.states[job.name].failures
        ]


def health() -> Health:
    """Three queries, and the school."""
    at = now()
    heart = Heartbeat.get_or_none(Heartbeat.id == 1)
    states = {row.name: row for row in JobState.select().where(JobState.name.in_(list(BY_NAME)))}
    # a decision that can still be taken back waits on purpose
    due = Step.told_at.is_null(), Step.tell_at.is_null() | (Step.tell_at <= at)
    untold = Step.select(Step.at, Step.tell_at).where(*due).order_by(Step.id).first()
    return Health(at, heart and heart.beat_at, states, untold and (untold.tell_at or untold.at), late(states, at))


def late(states: dict[str, JobState], at: datetime) -> list[tuple[Job, datetime]]:
    school = School.here()
    zone = school.zone if school else ZoneInfo("America/New_York")
    due = [(job, due_at(job, states[job.name], zone, at)) for job in JOBS if job.name in states]
    waiting = [(job, moment) for job, moment in due if at - moment > LATE and is_free(states[job.name], at)]
    return sorted(waiting, key=lambda one: one[1])
