"""Who is at home, the letters and slips that asked them, and every answer. A guardian has no account."""

from datetime import date

from peewee import JOIN, SQL, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from board.applications.model import Application
from board.db import Moment, Table, one_of
from board.guardians import text
from board.people.model import LANGUAGES, Person
from board.words import N_, Labelled

ADULT = 18  # years: from then on the student says yes, not a parent or guardian (the rights of 34 CFR 99 pass to them)
WORDS = 1000  # characters of what a guardian asks, or of why the school consents


class Source(Labelled):
    """Where the school has an address from. It is never the student."""

    ROSTER = "roster", N_("from a class list")
    STAFF = "staff", N_("from the family, written down at school")


class Guardian(Table):
    """A parent or guardian whom the school knows. Without an address a slip is printed for them."""

    student = ForeignKeyField(Person, on_delete="CASCADE", backref="guardians")
    name = CharField(120)
    email = CharField(254, null=True)  # lower case
    language = CharField(2, default="en")
    relation = CharField(40, default="")  # "mother", as the school writes it
    source = CharField(6, default=Source.STAFF)
    added_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="guardians_added")
    created_at = Moment()
    gone_at = Moment(null=True)  # the school no longer asks them; their links open nothing

    class Meta:
        constraints = [
            one_of("language", LANGUAGES),
            one_of("source", Source),
            Check("length(name) > 0"),
            Check("email = lower(email)"),
        ]

    @property
    def source_label(self) -> str:
        return Source(self.source).label

    @classmethod
    def of(cls, student: Person):
        """Those the school asks, in the order in which they were written down."""
        return cls.select().where(cls.student == student, cls.gone_at.is_null()).order_by(cls.id)


Guardian.add_index(
    Guardian.student, Guardian.email, unique=True, name="guardian_address",
    where=SQL("gone_at IS NULL AND email IS NOT NULL"),
)  # fmt: skip


class Way(Labelled):
    MAIL = "mail", N_("by mail")
    SLIP = "slip", N_("on a printed slip")


class GuardianAsk(Table):
    """One link to one application: in a letter to somebody known, or on a slip for whoever is at home."""

    application = ForeignKeyField(Application, on_delete="CASCADE", backref="guardian_asks")
    guardian = ForeignKeyField(Guardian, null=True, on_delete="CASCADE", backref="asks")
    way = CharField(4)
    secret_hash = CharField(64, unique=True)
    language = CharField(2, default="en")
    asked_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="guardians_asked")  # null: the board
    created_at = Moment()
    ended_at = Moment(null=True)  # a later slip has taken its place

    class Meta:
        constraints = [
            one_of("way", Way),
            one_of("language", LANGUAGES),
            Check("length(secret_hash) = 64"),
            Check("way = 'slip' OR guardian_id IS NOT NULL"),
        ]

    @classmethod
    def letters(cls, application: Application):
        """What went by mail about an application: a slip that was printed is no letter."""
        return cls.select().where(cls.application == application, cls.way == Way.MAIL)


class Word(Labelled):
    """What was answered."""

    YES = "yes", N_("Yes")
    QUESTION = "question", N_("Wants to talk to the school first")
    NO = "no", N_("No")


class How(Labelled):
    LINK = "link", N_("on the page of the link")
    PAPER = "paper", N_("on paper or in person, seen at school")
    SCHOOL = "school", N_("the school’s own consent, for a student without a parent or guardian at hand")
    STUDENT = "student", N_("the student themself, being 18")


class GuardianAnswer(Table):
    """One answer about one application. None is ever changed but to be taken back; the newest of each person counts."""

    application = ForeignKeyField(Application, on_delete="CASCADE", backref="guardian_answers")
    guardian = ForeignKeyField(Guardian, null=True, on_delete="SET NULL", backref="answers")
    answer = CharField(8)
    how = CharField(7)
    name = CharField(120, default="")  # as it was typed or stands on the paper
    why = TextField(default="")  # what a guardian wants to talk about; why the school consents
    text_version = IntegerField(null=True)  # of what was agreed to, see text.py; null: it stood on a paper
    text_digest = CharField(64, default="")
    language = CharField(2, default="en")
    recorded_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="answers_recorded")
    signed_on = DateField()
    created_at = Moment()
    withdrawn_at = Moment(null=True)
    settled_at = Moment(null=True)  # of a question: somebody at school has talked to them

    class Meta:
        indexes = [(("application", "created_at"), False)]
        constraints = [
            one_of("answer", Word),
            one_of("how", How),
            one_of("language", LANGUAGES),
            Check("how <> 'school' OR (length(name) > 0 AND length(why) > 0)"),
            Check("withdrawn_at IS NULL OR answer = 'yes'"),
            Check("settled_at IS NULL OR answer = 'question'"),
        ]

    @property
    def is_to_older_text(self) -> bool:
        """A yes by link that stands, to other words than those of today. It counts; the school may ask once more."""
        older = self.text_version is not None and self.text_version != text.CURRENT
        return older and self.answer == Word.YES and self.withdrawn_at is None

    @property
    def word_label(self) -> str:
        return Word(self.answer).label

    @property
    def how_label(self) -> str:
        return How(self.how).label

    @classmethod
    def of(cls, application_id: int):
        """All answers about an application, the oldest first, each with who wrote it down."""
        recorder = Person.alias()
        return (
            cls.select(cls, Guardian, recorder)
            .join(Guardian, JOIN.LEFT_OUTER, on=cls.guardian)
            .switch(cls)
            .join(recorder, JOIN.LEFT_OUTER, on=(cls.recorded_by == recorder.id), attr="recorded_by")
            .where(cls.application == application_id)
            .order_by(cls.id)
        )


def is_minor(student: Person, day: date) -> bool:
    """Under 18, or the school does not know the birth date."""
    age = student.age_on(day)
    return age is None or age < ADULT
