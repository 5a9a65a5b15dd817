"""What the school looked at before it trusted an employer: rounds of checks, and each worksite supervisor as a person."""

from peewee import SQL, CharField, Check, DateField, ForeignKeyField, TextField

from board.db import Moment, Table, one_of
from board.employers.model import Employer, Supervisor
from board.people.model import Person
from board.words import N_, Labelled

WORDS, AGENCY = 1000, 120  # characters


class Item(Labelled):
    """What is looked at, in the order of the page."""

    EXISTS = "exists", N_("The organization exists")
    DOMAIN = "domain", N_("Website and mail address belong together")
    ADDRESS = "address", N_("The address is theirs")
    REFERENCES = "references", N_("References")
    RULES = "rules", N_("They have read the rules of the school")
    INSURANCE = "insurance", N_("Insurance")
    VISIT = "visit", N_("Somebody from school has been there")


class Outcome(Labelled):
    FINE = "fine", N_("Fine")
    NOT_NEEDED = "not_needed", N_("Not needed")
    PROBLEM = "problem", N_("A problem")


class Vetting(Table):
    """One round of looking at an employer: begun with the first check, ended when it is verified or renewed."""

    employer = ForeignKeyField(Employer, on_delete="CASCADE", backref="vettings")
    began_at = Moment()
    ended_at = Moment(null=True)
    until = DateField(null=True)  # verified until, by this round
    lacking = TextField(default="")  # why it was ended with something missing

    class Meta:
        constraints = [Check("(ended_at IS NULL) OR (until IS NOT NULL)")]


Vetting.add_index(Vetting.employer, unique=True, where=SQL("ended_at IS NULL"), name="vetting_one_open")


class VettingItem(Table):
    """One thing that was looked at in a round: what came of it, in words, by whom and when."""

    vetting = ForeignKeyField(Vetting, on_delete="CASCADE", backref="items")
    item = CharField(12)
    outcome = CharField(10)
    words = TextField()
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="vetted_items")
    checked_at = Moment()

    class Meta:
        indexes = [(("vetting", "item"), True)]
        constraints = [one_of("item", Item), one_of("outcome", Outcome), Check("length(words) > 0")]

    @property
    def item_label(self) -> str:
        return Item(self.item).label

    @property
    def outcome_label(self) -> str:
        return Outcome(self.outcome).label


class Background(Labelled):
    """How a background check stands. The report itself is kept nowhere on the board."""

    NOT_ASKED = "not_asked", N_("Not asked")
    ASKED = "asked", N_("Asked, no answer yet")
    CLEAR = "clear", N_("Clear")
    NOT_CLEAR = "not_clear", N_("Not clear")


ANSWERED = (Background.CLEAR, Background.NOT_CLEAR)


class SupervisorCheck(Table):
    """A worksite supervisor as a person: whether the school trusts them with a student, and until when."""

    supervisor = ForeignKeyField(Supervisor, unique=True, on_delete="CASCADE", backref="checks")
    background = CharField(10, default=Background.NOT_ASKED)
    background_on = DateField(null=True)  # the day of the answer
    background_by = CharField(AGENCY, default="")  # how it was done, or by which agency
    contact_seen_on = DateField(null=True)  # somebody reached them at work that day
    vetted_until = DateField(null=True)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="vetted_supervisors")
    updated_at = Moment()

    class Meta:
        indexes = [(("vetted_until",), False)]
        constraints = [
            one_of("background", Background),
            Check("background NOT IN ('clear', 'not_clear') OR background_on IS NOT NULL"),
            Check("background <> 'not_clear' OR vetted_until IS NULL"),
            Check("vetted_until IS NULL OR contact_seen_on IS NOT NULL"),
        ]

    @property
    def background_label(self) -> str:
        return Background(self.background).label
