"""The school's settings (one row), its fields of work and its vocabulary of skills."""

import time
import tomllib
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DeferredForeignKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from board.asked import of_frame, own_copy
from board.db import Moment, Table, one_of
from board.statements import Statement
from board.words import N_, Labelled

# 29 CFR 570.2: under 14 no non-farm employment; 13 is a floor no school can lower (COPPA)
LOWEST_AGE = 14
GRADES = (9, 10, 11, 12)

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
    "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
    "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip

# the time zones of the fifty states, in the order a list shows them
TIME_ZONES = (
    "America/New_York", "America/Detroit", "America/Indiana/Indianapolis", "America/Kentucky/Louisville",
    "America/Chicago", "America/Denver", "America/Boise", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
)  # fmt: skip


# National Career Clusters Framework 2024 (Advance CTE): each field belongs to one, for reports
CLUSTERS = (
    "Advanced Manufacturing", "Agriculture", "Arts, Entertainment, & Design", "Construction", "Digital Technology",
    "Education", "Energy & Natural Resources", "Financial Services", "Healthcare & Human Services",
    "Hospitality, Events, & Tourism", "Management & Entrepreneurship", "Marketing & Sales",
    "Public Service & Safety", "Supply Chain & Transportation",
)  # fmt: skip


class BackgroundAsked(Labelled):
    """Which worksite supervisors need a background check."""

    ON_SITE = "on-site", N_("Of supervisors of work on site, or partly on site")
    ALWAYS = "always", N_("Of every supervisor who is named")
    NEVER = "never", N_("Of nobody")


class School(Table):
    """The one school that runs this board. Money is in US cents."""

    name = CharField(120)
    state = CharField(2)
    time_zone = CharField(60)
    minimum_age = IntegerField(default=LOWEST_AGE)
    minimum_pay_cents = IntegerField(default=725)  # an hour; the federal minimum (29 USC 206)
    open_to_visitors = BooleanField(default=False)
    teachers_by_mail = BooleanField(null=True)  # teachers may sign in by a link in a mail, as employers do; null: no
    guardian_not_asked = BooleanField(null=True)  # under 18 needs no yes of a parent or guardian; null: it is asked
    bell_starts = CharField(5, null=True)  # "08:00": school hours of a school day; null: not given
    bell_ends = CharField(5, null=True)
    guardian_asked_when = CharField(5, null=True)  # "apply": at a student's first application; null: when matched
    guardian_call = CharField(200, null=True)  # whom families call, with a number; null: see guardians
    second_teacher = BooleanField(null=True)  # two teachers agree to work that is not remote; null: one does
    trusted_skip = BooleanField(
        null=True
    )  # changes of trusted employers that pass every check need no teacher; null: no
    contact_passes = BooleanField(null=True)  # ways to be reached in messages need no teacher's look; null: no
    background_check = CharField(8, null=True)  # of whom one is asked, see BackgroundAsked; null: of who is on site
    vetting_years = IntegerField(null=True)  # how long the check of an employer or a supervisor is good; null: one
    safety_person = IntegerField(null=True)  # id of the member of staff who looks after student safety
    safety_backup = IntegerField(null=True)
    safety_phone = CharField(40, null=True)
    # how many days what is kept; null: as shipped, see privacy/rules.py
    keep_left_days = IntegerField(null=True)
    keep_rejected_days = IntegerField(null=True)
    keep_messages_days = IntegerField(null=True)
    keep_logs_days = IntegerField(null=True)
    keep_backups_days = IntegerField(null=True)
    created_at = Moment()

    class Meta:
        constraints = [
            Check("id = 1"),
            Check("length(name) > 0"),
            Check("minimum_age BETWEEN 14 AND 18"),
            Check("minimum_pay_cents BETWEEN 0 AND 20000"),
            one_of("state", STATES),
        ]

    @classmethod
    def here(cls) -> "School | None":
        """The school, or None before set-up. Asked for on every page, and kept until anything is written."""
        row = of_frame.unchanged("school", _here.first)
        return row and own_copy(row)

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.time_zone)

    @property
    def guardian_asked(self) -> bool:
        """Under 18, a parent or guardian says yes before contact is shared or work starts."""
        return not self.guardian_not_asked

    @property
    def bell(self) -> tuple[int, int] | None:
        """School hours of a school day, in minutes since midnight."""
        if not self.bell_starts or not self.bell_ends:
            return None
        starts, ends = ([int(part) for part in clock.split(":")] for clock in (self.bell_starts, self.bell_ends))
        return starts[0] * 60 + starts[1], ends[0] * 60 + ends[1]

    @property
    def asks_background(self) -> "BackgroundAsked":
        return BackgroundAsked(self.background_check or BackgroundAsked.ON_SITE)

    @property
    def vetted_for(self) -> int:
        """Years for which the check of an employer or a supervisor is good."""
        return self.vetting_years or 1

    def today(self) -> date:
        """Today's date at the school: deadlines end with the school's day, not with London's."""
        return datetime.now(self.zone).date()


_here = Statement(lambda: School.select().where(School.id == 1))


@lru_cache
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def today() -> date:
    """Today's date at the school (in New York before set-up). Cheap: rows ask it one by one."""
    name, until = _clock
    if time.monotonic() > until:
        name = School.select(School.time_zone).where(School.id == 1).scalar() or "America/New_York"
        _clock[:] = [name, time.monotonic() + CLOCK_SECONDS]
    return datetime.now(zone(name)).date()


def day_of(moment: datetime) -> date:
    """The school's date at a moment in UTC. Cheap, as `today` is."""
    today()
    return moment.replace(tzinfo=UTC).astimezone(zone(_clock[0])).date()


# the zone is asked of the database this often, in each process; a new zone holds everywhere soon after
CLOCK_SECONDS = 30
_clock: list = ["America/New_York", 0.0]


def forget_clock() -> None:
    """This process asks the zone again: the school has set another, or another database was opened."""
    _clock[1] = 0.0


class Field(Table):
    """A kind of work that students browse by."""

    slug = CharField(60, unique=True)
    name = CharField(60, unique=True)
    cluster = CharField(80)
    colour = CharField(20)
    title = CharField(80)  # what a résumé calls it: "Marketing Intern"
    hint = CharField(200, default="")
    position = IntegerField(default=0)
    hidden = BooleanField(default=False)

    class Meta:
        constraints = [Check("length(slug) > 0"), Check("length(name) > 0"), Check("length(title) > 0")]

    @property
    def icon(self) -> str:
        """One of the sprite's for the fields we ship; a field that a school adds has a folder."""
        return f"field-{self.slug}" if self.slug in SHIPPED_FIELDS else "folder"

    @classmethod
    def shown(cls):
        return cls.select().where(~cls.hidden).order_by(cls.position, cls.name)


# the fields that have an icon of their own
SHIPPED_FIELDS = frozenset(
    row["slug"] for row in tomllib.loads((Path(__file__).parent / "fields.toml").read_text("utf-8"))["field"]
)


class PeriodKind(Labelled):
    HOLIDAY = "holiday", N_("No school")
    FINALS = "finals", N_("Finals")
    TESTING = "testing", N_("State testing")
    SUMMER = "summer", N_("Summer break")


class Period(Table):
    """Days on which a student's work has to stand back, or nobody at school looks after it."""

    kind = CharField(8)
    name = CharField(80, default="")
    first_on = DateField()
    last_on = DateField()

    class Meta:
        indexes = [(("first_on", "last_on"), False)]
        constraints = [one_of("kind", PeriodKind), Check("last_on >= first_on")]

    @property
    def kind_label(self) -> str:
        return PeriodKind(self.kind).label

    @classmethod
    def between(cls, first: date, last: date):
        """All that touch these days, in order."""
        return cls.select().where(cls.first_on <= last, cls.last_on >= first).order_by(cls.first_on, cls.id)


class Term(Table):
    """A semester: students attend school between its days, but on weekends and in periods without school."""

    name = CharField(80)
    first_on = DateField()
    last_on = DateField()

    class Meta:
        constraints = [Check("last_on >= first_on"), Check("length(name) > 0")]


class SkillState(Labelled):
    APPROVED = "approved", N_("In the vocabulary")
    PROPOSED = "proposed", N_("Proposed")
    REFUSED = "refused", N_("Not used")


class Skill(Table):
    """One entry of the school's skill vocabulary."""

    slug = CharField(80, unique=True)
    name = CharField(60)
    folded = CharField(60, unique=True)  # see rules.fold: spellings that differ in case or space are one
    field = ForeignKeyField(Field, null=True, on_delete="SET NULL", backref="skills")
    state = CharField(12, default=SkillState.APPROVED)
    proposed_by = DeferredForeignKey("Person", null=True, on_delete="SET NULL")
    created_at = Moment()

    class Meta:
        constraints = [
            one_of("state", SkillState),
            Check("length(slug) > 0"),
            Check("length(name) > 0"),
            Check("length(folded) > 0"),
        ]

    @classmethod
    def usable(cls):
        """Skills people may pick and search by."""
        return cls.select().where(cls.state != SkillState.REFUSED)


class Spelling(Table):
    """Another way to write a skill ("Excel" for "Microsoft Excel")."""

    skill = ForeignKeyField(Skill, on_delete="CASCADE", backref="spellings")
    folded = TextField(unique=True)

    class Meta:
        constraints = [Check("length(folded) > 0")]


MOST_SYNONYMS, LONGEST_SYNONYM = 12, 40  # words of one group, characters of one word


class Synonym(Table):
    """Words that mean the same here: whoever searches for one finds the others too. A word may be in several groups."""

    words = CharField(510)  # as typed, ", " between them: see rules.group_of

    class Meta:
        constraints = [Check("length(words) > 0")]

    @property
    def terms(self) -> list[str]:
        return self.words.split(", ")
