"""When a job is due. Moments are in UTC without a zone, as everywhere; times of the day are the school's. Pure.

A rule answers one question: after the run that began at `done`, when is the next one? So a job that was missed is
made up for once, however often it was missed, and none runs twice for one time of the clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Every:
    """Again and again, so many minutes apart; at once where it never ran."""

    minutes: int = 1

    def after(self, done: datetime, zone: ZoneInfo) -> datetime:
        """Counted from the full minute: the worker's look comes a second earlier or later each time."""
        return done.replace(second=0, microsecond=0) + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Daily:
    """Once each day of the school, at a time of its clock."""

    at: time

    def after(self, done: datetime, zone: ZoneInfo) -> datetime:
        day = done.replace(tzinfo=UTC).astimezone(zone).date()
        today = in_utc(datetime.combine(day, self.at), zone)
        return today if today > done else in_utc(datetime.combine(day + timedelta(days=1), self.at), zone)


def in_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """A time of the school's clock in UTC. One that a change of the clocks leaves out is read as if they had not been
    changed yet (2:30 comes at 3:30); of one that comes twice, the first."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC).replace(tzinfo=None)
