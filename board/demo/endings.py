"""How a placement of the demo ends: the answer to what was handed in, pay, feedback, the sign-off and what is kept of it."""

from collections.abc import Callable

from board.experience import actions as experience_actions
from board.experience.model import Experience
from board.experience.portfolio import say_about, share_portfolio
from board.moves import Step
from board.placements import closing_actions, completing_actions, feedback_actions, handing_actions, payment_actions
from board.placements.actions import note
from board.placements.completing_actions import last_delivery
from board.placements.feedback_rules import SEALED, STUDENT_ASKED, asked_of


def accept(on, event: dict) -> None:
    number = last_delivery(on.placement).number
    handing_actions.accept(on.placement, on.employer, number, event.get("words", ""))


def send_back(on, event: dict) -> None:
    handing_actions.send_back(on.placement, on.employer, last_delivery(on.placement).number, event["words"])


def close(on, event: dict) -> None:
    """All of a small project on one page."""
    placement = on.placement
    seen = closing_actions.Closing.of(placement).mark
    ratings = dict(zip(asked_of(placement), event["ratings"], strict=True))
    closing_actions.close(placement, on.employer, seen, on.day(event["ago"]), ratings, event.get("quote", ""))


def paid(on, event: dict) -> None:
    payment_actions.say_paid(on.placement, on.employer, on.day(event["ago"]))


def received(on, event: dict) -> None:
    payment_actions.say_received(on.placement, on.student, on.day(event["ago"]))


def settle_pay(on, event: dict) -> None:
    payment_actions.settle(on.placement, on.employer, event["dollars"] * 100, event["words"])


def employer_feedback(on, event: dict) -> None:
    placement = on.placement
    ratings = dict(zip(asked_of(placement), event["ratings"], strict=True))
    skills = feedback_actions.skills_of(placement)
    levels = {skill.id: level for skill, level in zip(skills, event.get("skills", ()), strict=False)}
    feedback_actions.give_employer(
        placement, on.employer, ratings, levels, event.get("quote", ""), event.get("reference", False)
    )
    look_again(on, event)


def student_feedback(on, event: dict) -> None:
    ratings = dict(zip(STUDENT_ASKED, event["ratings"], strict=True))
    feedback_actions.give_student(on.placement, on.student, ratings, event["words"])
    look_again(on, event)


def look_again(on, event: dict) -> None:
    """What a board does with the second of the two: as of the day that is told, where the action sees that the first one
    is older than feedback stays sealed. And what it does after the commit, of which the demo has one for everything."""
    placement = on.placement
    moments = [at for at in feedback_actions.Given.of(placement).moments if at]
    told = Step.of(placement).where(Step.move == "open_feedback").exists()
    if len(moments) == 2 and not told and on.clock.before(event["ago"]) - min(moments) < SEALED:
        note(placement, "open_feedback", None)
    kept = Experience.get_or_none(Experience.placement == on.id)
    if kept:
        experience_actions.refresh(kept)


def complete(on, event: dict) -> None:
    completing_actions.sign_off(
        on.placement, on.lead, without_hours=bool(event.get("words")), words=event.get("words", "")
    )


def sharing_yes(on, event: dict) -> None:
    experience_actions.record_yes(kept_of(on), on.lead, on.day(event["ago"] + 1))


def share(on, event: dict) -> None:
    experience_actions.share(kept_of(on), on.student)


def portfolio(on, event: dict) -> None:
    say_about(on.student, event["words"])
    share_portfolio(on.student)


def show(on, event: dict) -> None:
    """What others see of it; skills all."""
    kept = kept_of(on)
    experience_actions.choose(kept, on.student, event["shows"], {row.id for row in kept.skills})


def kept_of(on) -> Experience:
    return Experience.get(Experience.placement == on.id)


VERBS: dict[str, Callable[..., object]] = {
    "accept": accept, "send_back": send_back, "close": close, "paid": paid, "received": received,
    "settle_pay": settle_pay, "rate": employer_feedback, "reflect": student_feedback, "complete": complete,
    "sharing_yes": sharing_yes, "share": share, "show": show, "portfolio": portfolio,
}  # fmt: skip
