"""Days that come close, and who is reminded of them: Steps the board makes by itself, each once for a thing and a day.

A reminder is a Step with the day it is about in its detail, so the history knows what was said; notices are made
from it as from any other. Another day (a later last day to apply, say) is reminded of anew.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from peewee import fn

from board.applications.model import WAITING, Application
from board.applications.model import State as ApplicationState
from board.applications.rules import answers_itself_on, decides_by
from board.db import database, now
from board.moves import Step, noun, record
from board.postings.model import Posting
from board.postings.model import State as PostingState
from board.words import N_

CLOSES_IN = 3  # days before the last day to apply; and before the day to decide
OFFER_ENDS_IN = 1
STALE = timedelta(days=7)  # nobody is told of an end that lies further back
STILL_NEWS = timedelta(hours=12)  # an offer that came since then

# what the timetable says that this did, by the name of the Step
DID = {
    "closing_soon": N_("Projects that close soon: %(num)s"),
    "expired": N_("Projects past their last day: %(num)s"),
    "decide_due": N_("Employers who should decide: %(num)s"),
    "decide_late": N_("Employers who are late: %(num)s"),
    "offer_due": N_("Offers about to end: %(num)s"),
}


def remind(day: date) -> dict[str, int]:
    """Remind everybody of what is near on this day; how many of each were new."""
    return {
        "closing_soon": once("closing_soon", closing_soon(day)),
        "expired": once("expired", expired(day)),
        "decide_due": once("decide_due", to_decide(day)),
        "decide_late": once("decide_late", late(day)),
        "offer_due": once("offer_due", ending_offers(day)),
    }


def once(move: str, things: Iterable[tuple]) -> int:
    """Record (thing, what is known of it) unless it was for the same day; whatever runs at the same time waits."""
    made = 0
    with database.atomic():
        things = list(things)
        said = already(move, [thing for thing, _detail in things])
        for thing, detail in things:
            if (thing.id, detail["day"]) not in said:
                record(thing, move, None, thing.state, thing.state, detail=detail)
                made += 1
    return made


def already(move: str, things: list) -> set[tuple[int, str]]:
    """(id, day) of the reminders there are."""
    if not things:
        return set()
    query = Step.select(Step.noun_id, Step.detail).where(
        Step.noun == noun(things[0]), Step.noun_id.in_([thing.id for thing in things]), Step.move == move
    )
    return {(number, json.loads(detail).get("day", "")) for number, detail in query.tuples() if detail}


# -- postings


def closing_soon(day: date):
    """Those that students can still find, and soon no more."""
    near = Posting.apply_by.between(day, day + timedelta(days=CLOSES_IN))
    for posting in Posting.select().where(Posting.is_live_on(day), near).order_by(Posting.id):
        yield posting, {"day": posting.apply_by.isoformat()}


def expired(day: date):
    """Open past their last day to apply: extend, or close?"""
    past = Posting.apply_by.between(day - STALE, day - timedelta(days=1))
    ended = Posting.select().where(Posting.state == PostingState.OPEN, Posting.held_at.is_null(), past)
    for posting in ended.order_by(Posting.id):
        yield posting, {"day": posting.apply_by.isoformat()}


def waiting_by_posting() -> list[tuple[Posting, int]]:
    """Postings whose applicants wait, and how many do."""
    count = fn.COUNT(Application.id)
    query = Posting.select(Posting, count.alias("waiting")).join(Application)
    query = query.where(Application.state.in_(WAITING), Posting.held_at.is_null(), Application.is_shown())
    query = query.group_by(Posting.id)
    return [(posting, posting.waiting) for posting in query.order_by(Posting.id)]


def to_decide(day: date):
    """The day to decide is near."""
    for posting, waiting in waiting_by_posting():
        decide = decides_by(posting)
        if decide and day <= decide <= day + timedelta(days=CLOSES_IN):
            yield posting, {"day": decide.isoformat(), "count": waiting}


def late(day: date):
    """The day to decide has passed; the board answers for them soon."""
    for posting, waiting in waiting_by_posting():
        decide = decides_by(posting)
        if decide and decide < day < answers_itself_on(posting):
            yield posting, {"day": answers_itself_on(posting).isoformat(), "count": waiting}


# -- offers


def ending_offers(day: date):
    """Offers that end today or tomorrow; not one that has just come, nor one that cannot be answered."""
    made = Step.select(Step.noun_id).where(
        Step.noun == "application", Step.move == "offer", Step.at > now() - STILL_NEWS
    )
    near = Application.answer_by.between(day, day + timedelta(days=OFFER_ENDS_IN))
    offers = (
        Application.select(Application, Posting)
        .join(Posting)
        .where(Application.state == ApplicationState.OFFERED, near, Posting.held_at.is_null())
        .where(Application.id.not_in(made))
    )
    for application in offers.order_by(Application.id):
        yield application, {"day": application.answer_by.isoformat()}
