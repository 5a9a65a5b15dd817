"""Once a day: who has not answered is asked once more, and who has turned 18 themself. Part of actions.py, which hands
this on."""

from datetime import date

from board.applications.model import Application, State
from board.db import database, now
from board.guardians.asking import happened, may_ask, subjects, waiting, write
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, How, is_minor
from board.guardians.rules import REMIND_AFTER, key_of
from board.moves import Step


def daily(day: date) -> dict[str, int]:
    """A reminder after some days without an answer, once; and each who turns 18 is asked themself."""
    return {"reminded": remind(day), "of_age": come_of_age(day)}


def remind(day: date) -> int:
    total = 0
    for application in list(waiting()):
        if not may_ask(application):
            continue
        with database.atomic():
            asks: dict[int, list[GuardianAsk]] = {}
            for one in GuardianAsk.letters(application):
                asks.setdefault(one.guardian_id, []).append(one)
            answered = {key_of(one) for one in GuardianAnswer.of(application.id)}
            late = [
                one for one in Guardian.of(application.student)
                if one.email and ("person", one.id) not in answered
                and [ask.created_at <= now() - REMIND_AFTER for ask in asks.get(one.id, ())] == [True]
            ]  # fmt: skip
            write(application, late, None, again=True)
            total += len(late)
    return total


def come_of_age(day: date) -> int:
    """Whoever has turned 18 and is matched is asked themself, once. Their own answer takes the place of home's."""
    total = 0
    own = GuardianAnswer.select(GuardianAnswer.application).where(GuardianAnswer.how == How.STUDENT)
    asked = Step.select(Step.noun_id).where(Step.move == "of_age")
    for application in list(waiting().where(Application.state == State.ACCEPTED, Application.id.not_in(own))):
        if is_minor(application.student, day) or not answers_of_home(application):
            continue
        thing = next((one for one in (subject(application) for subject in subjects) if one), application)
        if asked.where(Step.noun == thing._meta.table_name, Step.noun_id == thing.id).exists():
            continue
        with database.atomic():
            happened(application, "of_age", None)
        total += 1
    return total


def answers_of_home(application: Application) -> bool:
    """Whether home was asked or has said anything: somebody matched at 18 has said yes themself already."""
    asked = GuardianAsk.select().where(GuardianAsk.application == application).exists()
    return asked or GuardianAnswer.select().where(GuardianAnswer.application == application).exists()
