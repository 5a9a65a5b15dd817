"""Who hears of what by mail and how soon, quiet hours, the morning of digests, and how long to wait after a failure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from board.mail.model import GATHERED, Pace
from board.notices import Kind
from board.people.model import Role
from board.words import N_

# each person's kinds of notice in their own words, and how soon they hear where they have chosen nothing
OFFERED: dict[Role, dict[Kind, tuple[str, Pace]]] = {
    Role.STUDENT: {
        Kind.APPLICATION: (N_("Answers to my applications"), Pace.AT_ONCE),
        Kind.SEARCH: (N_("New projects for my saved searches"), Pace.DAILY),
        Kind.REPORT: (N_("Answers of the school to something I told it"), Pace.AT_ONCE),
        Kind.PLACEMENT: (N_("My placements: the match, hours, messages, pay"), Pace.AT_ONCE),
        Kind.OTHER: (N_("Everything else that concerns me"), Pace.AT_ONCE),
    },
    Role.EMPLOYER: {
        Kind.APPLICATION: (N_("Applicants and their answers"), Pace.AT_ONCE),
        Kind.POSTING: (N_("What the school says about my postings"), Pace.AT_ONCE),
        Kind.EMPLOYER: (N_("My organization on the board"), Pace.AT_ONCE),
        Kind.REPORT: (N_("Answers of the school to something I told it"), Pace.AT_ONCE),
        Kind.PLACEMENT: (N_("Students who work for us: the match, hours, messages, pay"), Pace.AT_ONCE),
        Kind.OTHER: (N_("Everything else that concerns me"), Pace.AT_ONCE),
    },
    Role.TEACHER: {
        Kind.APPLICATION: (N_("Drafts a student asks me to read"), Pace.AT_ONCE),
        Kind.POSTING: (N_("What waits for me to review"), Pace.DAILY),
        Kind.REPORT: (N_("Answers of the school to something I told it"), Pace.AT_ONCE),
        Kind.PLACEMENT: (N_("Placements I look after"), Pace.AT_ONCE),
        Kind.OTHER: (N_("Everything else that concerns me"), Pace.DAILY),
    },
    Role.COORDINATOR: {
        Kind.REPORT: (N_("Student safety"), Pace.AT_ONCE),
        Kind.EMPLOYER: (N_("Employers who join or need another look"), Pace.AT_ONCE),
        Kind.POSTING: (N_("What waits for me to review"), Pace.AT_ONCE),
        Kind.APPLICATION: (N_("Drafts a student asks me to read"), Pace.AT_ONCE),
        Kind.PLACEMENT: (N_("Placements I look after"), Pace.AT_ONCE),
        Kind.OTHER: (N_("Everything else that concerns me"), Pace.DAILY),
    },
}

MOST_AT_ONCE = 3  # letters of one kind to one person at one moment; more news than that comes in one letter

DIGEST_HOUR = 7  # at the school; before the first lesson
WEEKLY_ON = 0  # Monday

# seconds; RFC 5321 4.5.4.1 asks for half an hour between tries, but a link that is waited for lasts fifteen minutes
FIRST_RETRY, LONGEST_RETRY = 120, 4 * 3600
FIRST_REST, LONGEST_REST = 30, 600  # after a server could not be reached at all
GIVE_UP_AFTER = timedelta(days=4)  # RFC 5321 4.5.4.1: at least four to five days
LEASE = timedelta(minutes=10)  # longer than any letter takes, so that nobody sends what somebody else is sending

SENT_KEPT = timedelta(days=30)
UNSENT_KEPT = timedelta(days=90)


def default(role: str, kind: str) -> Pace:
    """How soon somebody hears who has chosen nothing; also of a kind that is not offered to their role."""
    return OFFERED[Role(role)].get(Kind(kind), ("", Pace.AT_ONCE))[1]


def label(role: str, kind: str) -> str:
    """A kind, or all that comes at a pace, in this person's words."""
    if kind in GATHERED:
        return N_("All news in one letter a day") if kind == Pace.DAILY else N_("All news in one letter a week")
    return OFFERED[Role(role)].get(Kind(kind), (N_("Everything else that concerns me"), Pace.AT_ONCE))[0]


# -- times at the school, given and returned in UTC without a zone, as the tables hold them


def local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.replace(tzinfo=UTC).astimezone(zone)


def utc(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment a clock at the school shows this hour; one the clock leaps over in spring is the hour after."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC).replace(tzinfo=None)


def is_quiet(hour: int, start: int, end: int) -> bool:
    """Do quiet hours, which may lie across midnight, cover this hour of the day?"""
    return start <= hour < end if start <= end else hour >= start or hour < end


def not_before(role: str, at: datetime, quiet: tuple[int, int], zone: ZoneInfo) -> datetime:
    """When a notice may reach a person of this role: now, or for a student when quiet hours are over."""
    here = local(at, zone)
    if role != Role.STUDENT or not is_quiet(here.hour, *quiet):
        return at
    end = utc(here.date(), quiet[1], zone)
    return end if end > at else utc(here.date() + timedelta(days=1), quiet[1], zone)


def last_morning(pace: str, at: datetime, zone: ZoneInfo) -> datetime:
    """The newest moment, not after `at`, at which digests of this pace are due: they tell what came before it."""
    day = local(at, zone).date()
    while utc(day, DIGEST_HOUR, zone) > at or (pace == Pace.WEEKLY and day.weekday() != WEEKLY_ON):
        day -= timedelta(days=1)
    return utc(day, DIGEST_HOUR, zone)


# -- waiting


def retry_after(tries: int, chance: float) -> timedelta:
    """How long a letter waits after so many tries; `chance` from 0 to 1 spreads them, so that they do not come in step."""
    seconds = min(FIRST_RETRY * 2 ** min(tries - 1, 20), LONGEST_RETRY)
    return timedelta(seconds=seconds * (0.75 + chance / 2))


def rest_after(failures: int, chance: float) -> float:
    """Seconds before a server that could not be reached so many times in a row is tried again."""
    return min(FIRST_REST * 2 ** min(failures - 1, 20), LONGEST_REST) * (0.75 + chance / 2)
