"""What is old enough to go before a moment, as queries: the same for whoever looks ahead and for the night's work."""

from datetime import datetime

from peewee import ModelSelect, fn

from board.applications.model import ENDED as APPLICATION_ENDED
from board.applications.model import Answer, Application, Evidence
from board.moves import Step
from board.people.model import Person, Role, SignIn
from board.placements.model import ENDED, CheckIn, Delivery, Message, Placement
from board.privacy.holds import HOLDS
from board.privacy.model import Erasure
from board.reports.freezing import frozen_applications, frozen_placements


def left(before: datetime) -> ModelSelect:
    """Whom nothing holds. What the school's own people approved stays theirs until a coordinator erases them."""
    erased = Erasure.select(Erasure.person)
    query = Person.select(Person.id).where(Person.ended_at <= before, Person.role.in_((Role.STUDENT, Role.EMPLOYER)))
    held = [people for hold in HOLDS for people in hold.people()]
    return query.where(*[Person.id.not_in(people) for people in (erased, *held)]).order_by(Person.ended_at, Person.id)


# -- applications


def answered(before: datetime) -> ModelSelect:
    """Applications that ended without a match and have words left."""
    ends = [str(state) for state in APPLICATION_ENDED]
    since = Step.select(Step.noun_id).where(Step.noun == "application", Step.at > before, Step.to_state.in_(ends))
    words = (Application.why != "") | fn.EXISTS(Answer.select().where(Answer.application == Application.id))
    words |= fn.EXISTS(Evidence.select().where(Evidence.application == Application.id))
    return Application.select(Application.id).where(
        Application.state.in_(ends), Application.updated_at <= before, Application.id.not_in(since), words,
        Application.id.not_in(frozen_applications()),
    )  # fmt: skip


# -- messages


def over(before: datetime) -> ModelSelect:
    """Placements that ended so long ago; one that is on hold, or in an unsettled case, keeps everything."""
    return Placement.select(Placement.id).where(
        Placement.state.in_(ENDED), Placement.ended_at <= before, Placement.held_at.is_null(),
        Placement.id.not_in(frozen_placements()),
    )  # fmt: skip


def messages(before: datetime) -> ModelSelect:
    return Message.select(Message.id).where(Message.placement.in_(over(before)))


def handed_in(before: datetime) -> ModelSelect:
    return Delivery.select(Delivery.id).where(
        Delivery.placement.in_(over(before)), (Delivery.words != "") | (Delivery.answer != "")
    )


def check_ins(before: datetime) -> ModelSelect:
    return CheckIn.select(CheckIn.id).where(CheckIn.placement.in_(over(before)), CheckIn.words != "")


# -- logs


def sign_ins(before: datetime) -> ModelSelect:
    """The newest of each person stays: it says that they have come."""
    other = SignIn.alias()
    newest = other.select(fn.MAX(other.id)).group_by(other.person)
    old = (SignIn.ended_at <= before) | (SignIn.seen_at <= before)
    return SignIn.select(SignIn.id).where(old, SignIn.id.not_in(newest))


def reasons(before: datetime) -> ModelSelect:
    about = ("application", "placement", "person", "suggestion", "saved_search", "portfolio")
    frozen = (("application", frozen_applications()), ("placement", frozen_placements()))
    kept = [(Step.noun == noun) & Step.noun_id.in_(numbers) for noun, numbers in frozen]
    return Step.select(Step.id).where(
        Step.noun.in_(about), Step.at <= before, Step.reason != "", *[~one for one in kept]
    )


def since(*moments):
    """Rows of which one of these columns is that old."""

    def find(before: datetime) -> ModelSelect:
        model = moments[0].model
        old = moments[0] <= before
        for moment in moments[1:]:
            old |= moment <= before
        return model.select(model.id).where(old)

    return find
