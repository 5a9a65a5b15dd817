"""Hours on the page: what was logged week by week, how it stands against the estimate, and what to do about it."""

from datetime import timedelta

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import JOIN

from board.home.steps import Step
from board.people.model import Person
from board.placements import checking
from board.placements.hours_actions import stamp_of
from board.placements.hours_forms import GoalForm, HoursForm, filled, spoken
from board.placements.hours_rules import (
    confirms,
    is_low,
    is_over,
    length,
    logs,
    may_change,
    may_confirm,
    may_log,
    may_query,
    real_hourly,
    weeks_of,
)
from board.placements.model import HoursEntry, HoursState, Placement, State
from board.postings.model import PostingSkill
from board.school.model import Skill, day_of, today

QUIET = timedelta(days=7)  # without an entry, the student is asked for one


def entries_of(placement: Placement) -> list[HoursEntry]:
    query = HoursEntry.select(HoursEntry, Skill).join(Skill, JOIN.LEFT_OUTER).where(HoursEntry.placement == placement)
    return list(query.order_by(HoursEntry.worked_on, HoursEntry.id))


def skills_of(placement: Placement) -> list[Skill]:
    """Those the project asks for."""
    query = Skill.select().join(PostingSkill).where(PostingSkill.posting == placement.application.posting_id)
    return list(query.order_by(PostingSkill.position, PostingSkill.id))


def part(placement: Placement, me: Person) -> dict | None:
    """From the start on; three queries."""
    if placement.started_at is None:
        return None
    entries, skills = entries_of(placement), skills_of(placement)
    minutes = sum(one.minutes for one in entries)
    minimum = checking.least_pay(placement, minutes)
    recent = [one for one in entries if today() - one.worked_on < QUIET]
    return {
        "weeks": weeks_of(entries),
        "minutes": minutes,
        "confirmed": sum(one.minutes for one in entries if one.state == HoursState.CONFIRMED),
        "over": is_over(minutes, placement.hours),
        "low": is_low(placement.pay_cents, minutes, minimum),
        "hourly": real_hourly(placement.pay_cents, minutes),
        "minimum": minimum,
        "form": log_form(placement, me, entries, skills),
        "goal": goal_form(placement) if logs(me, placement) else None,
        "unfold": not recent and placement.state == State.ACTIVE,
        "confirms": confirms(me, placement),
        "flags": checking.flags_of(placement, me) if entries else {},
        "may": lambda what, one: MAY[what](me, placement, one.state),
        "stamp": stamp_of, "length": length, "spoken": spoken, "today": today(),
    }  # fmt: skip


MAY = {"change": may_change, "confirm": may_confirm, "query": may_query}


def log_form(placement: Placement, me: Person, entries: list[HoursEntry], skills: list[Skill]) -> HoursForm | None:
    """To log hours, or to change the entry that the address names."""
    asked = request.args.get("edit", "")
    entry = next((one for one in entries if str(one.id) == asked and may_change(me, placement, one.state)), None)
    if entry is None and not may_log(me, placement, len(entries)):
        return None
    form = filled(entry, skills, today())
    form.entry = entry
    return form


def goal_form(placement: Placement) -> GoalForm:
    mine = placement.own_goal_minutes
    return GoalForm(formdata=None, data={"goal": mine // 60 if mine else None})


def next_step(placement: Placement, me: Person) -> Step | None:
    """Answer what was asked, confirm what waits, log what was done."""
    if placement.started_at is None or not (logs(me, placement) or confirms(me, placement)):
        return None
    states = dict.fromkeys(HoursState, 0)
    last = None
    for state, worked_on in placement.entries.select(HoursEntry.state, HoursEntry.worked_on).tuples():
        states[state] += 1
        last = max(last or worked_on, worked_on)
    if me.is_employer:
        waiting = states[HoursState.LOGGED]
        words = ngettext("%(num)d entry waits for you.", "%(num)d entries wait for you.", waiting)
        return Step("clock", _("Confirm the hours"), words, "#hours", _("To the hours")) if waiting else None
    if states[HoursState.QUERIED]:
        words = _("The employer asks about hours you logged. Change the entry, and it is answered.")
        return Step("message-square", _("Answer about your hours"), words, "#hours", _("To the hours"))
    since = last or day_of(placement.started_at)
    if placement.state == State.ACTIVE and today() - since >= QUIET:
        words = _("When did you work, and what did you do? A line is enough.")
        if placement.is_small:
            words = _("One entry for all of it: how long it took, and what you did.")
        done = placement.is_small and last
        return None if done else Step("clock", _("Log your hours"), words, "#hours", _("To the hours"))
    return None
