"""What people do with hours: log, change, remove; confirm, ask; and a goal of one's own."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import ngettext

from board.access import open_to, who
from board.drawing import said
from board.moves import Refused, TooLate
from board.people.model import Role
from board.placements import hours_actions, page
from board.placements.answers import moved_on
from board.placements.hours import skills_of
from board.placements.hours_forms import GoalForm, HoursForm, QueryForm
from board.placements.hours_rules import Wrong, confirms, length, logs, may_change, may_query
from board.placements.model import HoursEntry, Placement

hours = Blueprint("hours", __name__)


def load(placement_id: int, entry_id: int) -> tuple[Placement, HoursEntry]:
    placement = page.load(placement_id)
    entry = HoursEntry.get_or_none(HoursEntry.id == entry_id, HoursEntry.placement == placement)
    return placement, entry or abort(404)


@hours.post("/placements/<int:placement_id>/hours")
@open_to(Role.STUDENT)
def log(placement_id: int):
    placement = page.load(placement_id)
    return write(placement, None) if logs(who(), placement) else moved_on(placement)


@hours.post("/placements/<int:placement_id>/hours/<int:entry_id>")
@open_to(Role.STUDENT)
def change(placement_id: int, entry_id: int):
    placement, entry = load(placement_id, entry_id)
    return write(placement, entry) if may_change(who(), placement, entry.state) else moved_on(placement)


def write(placement: Placement, entry: HoursEntry | None):
    """A new entry, or another text of one. What is wrong is said at its field."""
    form, me = HoursForm(skills_of(placement)), who()
    form.entry = entry
    if not form.validate():
        return page.draw(placement, 422, hours=form)
    work = form.work()
    try:
        if entry:
            hours_actions.change(entry, placement, me, work)
        else:
            hours_actions.log(placement, me, work)
    except Wrong as wrong:
        form.put(wrong)
        return page.draw(page.load(placement.id), 422, hours=form)
    except TooLate as late:
        return moved_on(placement, late)
    except Refused as refused:
        return page.draw(page.load(placement.id), 422, said(refused))
    words = _("The entry is changed: %(time)s.") if entry else _("%(time)s are logged.")
    return page.answer(placement, words % {"time": length(work.minutes)}, at="hours")


@hours.post("/placements/<int:placement_id>/hours/<int:entry_id>/remove")
@open_to(Role.STUDENT)
def remove(placement_id: int, entry_id: int):
    placement, entry = load(placement_id, entry_id)
    if not may_change(who(), placement, entry.state):
        return moved_on(placement)
    try:
        hours_actions.remove(entry, placement, who())
    except (TooLate, Refused) as late:
        return moved_on(placement, late)
    return page.answer(placement, _("The entry is removed."), at="hours")


@hours.post("/placements/<int:placement_id>/hours/goal")
@open_to(Role.STUDENT)
def goal(placement_id: int):
    placement, form = page.load(placement_id), GoalForm()
    if not logs(who(), placement):
        return moved_on(placement)
    if not form.validate():
        return page.draw(placement, 422, goal=form)
    try:
        hours_actions.set_goal(placement, who(), form.goal.data)
    except TooLate as late:
        return moved_on(placement, late)
    words = _("Your goal is kept.") if form.goal.data else _("You have no goal of your own any more.")
    return page.answer(placement, words, at="hours")


@hours.post("/placements/<int:placement_id>/hours/confirm")
@open_to(Role.EMPLOYER)
def confirm(placement_id: int):
    """One entry or a week of them, each as it was seen: `entry` is "ID-STAMP"."""
    placement = page.load(placement_id)
    if not confirms(who(), placement):
        return moved_on(placement)
    seen = [one.partition("-") for one in request.form.getlist("entry")[:200]]
    known = {
        int(number): stamp
        for number, _dash, stamp in seen
        if number.isascii() and number.isdecimal() and len(number) < 12
    }
    try:
        count = hours_actions.confirm(placement, who(), known.items())
    except TooLate as late:
        return moved_on(placement, late)
    return page.answer(
        placement, ngettext("%(num)d entry is confirmed.", "%(num)d entries are confirmed.", count), at="hours"
    )


@hours.post("/placements/<int:placement_id>/hours/<int:entry_id>/query")
@open_to(Role.EMPLOYER)
def query(placement_id: int, entry_id: int):
    placement, entry = load(placement_id, entry_id)
    if not may_query(who(), placement, entry.state):
        return moved_on(placement)
    form = QueryForm()
    form.entry = entry
    if not form.validate():
        return page.draw(placement, 422, query=form)
    try:
        hours_actions.query(entry, placement, who(), form.words.data)
    except TooLate as late:
        return moved_on(placement, late)
    return page.answer(placement, _("The student is asked."), at="hours")
