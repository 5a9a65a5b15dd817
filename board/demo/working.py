"""What happens in a placement of the demo while it runs, up to handing in: see placements.py."""

from collections.abc import Callable
from io import BytesIO

from peewee import fn

from board.placements import check_in_actions, handing_actions, hours_actions, messages_actions, plan_actions
from board.placements.hours_rules import Work, since_midnight
from board.placements.model import CheckIn, HoursEntry, HoursState, Message, PlacementMilestone
from board.school.actions import skills_named


def milestone(on, event: dict) -> None:
    one = PlacementMilestone.get(PlacementMilestone.placement == on.id, PlacementMilestone.position == event["number"])
    if event.get("accepted"):
        plan_actions.accept(one, on.placement, on.employer)
    else:
        plan_actions.tick(one, on.placement, on.student)


def move(on, event: dict) -> None:
    """Another day to hand in, and with it for what is not done yet."""
    placement, day = on.placement, on.planned(-event["due"])
    plan = plan_actions.milestones_of(placement)
    days = {one.id: day for one in plan if one.done_at is None}
    plan_actions.move_dates(placement, on.employer, days, day, plan_actions.stamp_of(placement, plan))


def log(on, event: dict) -> None:
    """Time of the day before, or of as many days before as `late` says."""
    times = [event.get("start"), event.get("end")]
    minutes = since_midnight(times[1]) - since_midnight(times[0]) if all(times) else event["minutes"]
    skill = skills_named([event["skill"]])[0].id if "skill" in event else None
    work = Work(on.day(event["ago"] + event.get("late", 1)), event["did"], minutes, *times, skill)
    hours_actions.log(on.placement, on.student, work)


def entries(on):
    return HoursEntry.select().where(HoursEntry.placement == on.id).order_by(HoursEntry.worked_on, HoursEntry.id)


def confirm(on, event: dict) -> None:
    waiting = entries(on).where(HoursEntry.state == HoursState.LOGGED)
    hours_actions.confirm(on.placement, on.employer, [(one.id, hours_actions.stamp_of(one)) for one in waiting])


def query(on, event: dict) -> None:
    last = list(entries(on).where(HoursEntry.state == HoursState.LOGGED))[-1]
    hours_actions.query(last, on.placement, on.employer, event["words"])


def answer_query(on, event: dict) -> None:
    asked = entries(on).where(HoursEntry.state == HoursState.QUERIED).get()
    work = Work(asked.worked_on, event["did"], event.get("minutes", asked.minutes), skill_id=asked.skill_id)
    hours_actions.change(asked, on.placement, on.student, work)


def say(on, event: dict) -> None:
    """By now everybody has read what stands above it, and whoever writes has read their own."""
    read(on, *on.everybody)
    said = messages_actions.write(on.placement, on.who(event["who"]), event["words"])
    if not said.held_at:
        read(on, on.who(event["who"]))


def read(on, *people) -> None:
    last = Message.select(fn.MAX(Message.id)).where(Message.placement == on.id).scalar()
    for person in people if last else ():
        messages_actions.mark_read(on.placement, person, last)


def check_in_due(on, event: dict) -> None:
    check_in_actions.make_row(on.placement, on.day(event["ago"]))


def check_in(on, event: dict) -> None:
    check_in_actions.answer(on.placement, on.who(event["who"]), event.get("well", True), event.get("words", ""))


def settle(on, event: dict) -> None:
    call = CheckIn.get(CheckIn.placement == on.id, ~CheckIn.well, CheckIn.settled_at.is_null())
    check_in_actions.settle(call, on.placement, on.lead, event["words"])


def link(on, event: dict) -> None:
    handing_actions.add_link(on.placement, on.student, event["address"], event["name"])


def file(on, event: dict) -> None:
    handing_actions.add_file(on.placement, on.student, event["name"], BytesIO(event["text"].encode()))


def deliver(on, event: dict) -> None:
    handing_actions.deliver(on.placement, on.student, event["words"])


VERBS: dict[str, Callable[..., object]] = {
    "milestone": milestone, "move": move, "log": log, "confirm": confirm, "query": query, "answer": answer_query,
    "say": say, "check_in_due": check_in_due, "check_in": check_in, "settle": settle, "link": link, "file": file,
    "deliver": deliver,
}  # fmt: skip
