"""Experiences: a finished placement as its student keeps it, frozen on the day it was completed."""

from peewee import SQL, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.applications.model import Application
from board.db import Moment, Table
from board.people.model import Person
from board.placements.model import Placement, scales
from board.postings.model import Posting


class Experience(Table):
    """What was done, for whom, when, how long. Texts are copies: what becomes of the posting changes nothing here."""

    placement = ForeignKeyField(Placement, unique=True, on_delete="CASCADE", backref="experiences")
    student = ForeignKeyField(Person, on_delete="CASCADE", backref="experiences")
    title = CharField(120)  # in résumé form: "Marketing Intern (micro-internship)"
    organization = CharField(120)
    place = CharField(160, default="")
    began_on = DateField()
    ended_on = DateField()
    minutes = IntegerField(default=0)  # confirmed
    supervisor = CharField(120, default="")
    supervisor_title = CharField(80, default="")
    delivered = TextField(default="")  # what was handed over, in a sentence
    quote = CharField(600, default="")
    may_name_reference = BooleanField(default=False)
    # what the student lets others see
    shows_hours = BooleanField(default=True)
    shows_supervisor = BooleanField(default=True)
    shows_delivered = BooleanField(default=True)
    shows_skills = BooleanField(default=True)
    shows_quote = BooleanField(default=False)
    in_portfolio = BooleanField(default=True)
    token = CharField(64, null=True, unique=True)  # the address of its public page; null: there is none
    shared_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        indexes = [(("student", "ended_on"), False)]
        constraints = [
            Check("length(title) > 0 AND length(organization) > 0"),
            Check("ended_on >= began_on"),
            Check("minutes >= 0"),
            Check("(token IS NULL) = (shared_at IS NULL)"),
        ]

    @classmethod
    def seen_by(cls, person: Person | None):
        """A student's own; staff all; an employer's people those done for them."""
        if person is None:
            return cls.select().where(SQL("0 = 1"))
        if person.is_student:
            return cls.select().where(cls.student == person.id)
        if person.is_teacher:
            return cls.select()
        own = (
            Placement.select(Placement.id)
            .join(Application)
            .join(Posting)
            .where(Posting.employer == person.employer_id)
        )  # fmt: skip
        return cls.select().where(cls.placement.in_(own))


class ExperienceSkill(Table):
    """A skill that was used, and who vouched for it."""

    experience = ForeignKeyField(Experience, on_delete="CASCADE", backref="skills")
    name = CharField(60)
    level = IntegerField(null=True)  # as the employer rated it; null: nobody did
    vouched_by = CharField(160, default="")
    shown = BooleanField(default=True)

    class Meta:
        indexes = [(("experience", "name"), True)]
        constraints = scales("level")


class Portfolio(Table):
    """A student's page of all their experiences: their own alone until they share it."""

    student = ForeignKeyField(Person, unique=True, on_delete="CASCADE", backref="portfolios")
    about = CharField(400, default="")
    token = CharField(64, null=True, unique=True)
    shared_at = Moment(null=True)

    class Meta:
        constraints = [Check("(token IS NULL) = (shared_at IS NULL)")]
