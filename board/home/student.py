"""A student's home: the offer or draft to finish first, then what waits, then new projects that suit. A fixed number
of queries, whatever waits."""

from flask_babel import gettext as _
from flask_babel import ngettext

from board.applications.model import LIVE, Application
from board.applications.model import State as ApplicationState
from board.applications.views import group_of, readings_of, with_match
from board.db import now
from board.drawing import day, days_left
from board.employers.model import Employer
from board.experience.model import Experience
from board.experience.rules import FRESH
from board.home.steps import Step, Todo
from board.people.model import Interest, Person, PersonSkill
from board.placements.lists import Row, open_rows
from board.postings.model import Posting
from board.postings.similar import newest_for


def of(person: Person) -> dict:
    query = with_match(Application, Posting, Employer).join(Posting).join(Employer)
    mine = list(
        query.where(Application.student == person, Application.state.in_(LIVE)).order_by(Application.updated_at)
    )
    readings = readings_of(mine)
    read = {number for number, reading in readings.items() if reading.answered_at}
    groups: dict[str, list[Application]] = {"needs": [], "drafts": [], "waiting": []}
    for row in mine:  # as "My applications" groups them, so that each number leads to its rows
        groups.setdefault(group_of(row, readings.get(row.id)), []).append(row)
    offers = sorted((row for row in mine if row.state == ApplicationState.OFFERED), key=lambda row: row.answer_by)
    drafts = [row for row in mine if row.state == ApplicationState.DRAFT and row.posting.is_live]
    drafts.sort(key=lambda row: (row.id not in read, row.posting.apply_by is None, row.posting.apply_by))
    told_us = has_told_us(person)
    work = open_rows(person)
    return {
        "next_step": next_of_work(work, bool(offers)) or next_step(person, offers, drafts, read, told_us),
        "todo": todo_of_work(work) + todo(groups, offers) + fresh(person),
        "newest": newest_for(person),
        "told_us": told_us,
    }


def has_told_us(person: Person) -> bool:
    """Whether they have named fields or skills."""
    named = (
        Interest.select().where(Interest.person == person),
        PersonSkill.select().where(PersonSkill.person == person),
    )
    return any([query.exists() for query in named])  # noqa: C419  as many queries for everybody


def next_of_work(work: list[Row], has_offer: bool) -> Step | None:
    """A project under way comes before looking for another; an offer with a last day before logging hours."""
    first = next((row for row in work if row.turn and (row.needs or not has_offer)), None)
    if first is None:
        return None
    posting = first.placement.posting
    words = _("“%(title)s” at %(employer)s.", title=posting.title, employer=posting.employer.name)
    return Step("briefcase", first.words, words, first.address, _("Go there"))


def todo_of_work(work: list[Row]) -> list[Todo]:
    """As "My projects" groups them."""
    needs = [row for row in work if row.needs]
    running = [row for row in work if not row.needs]
    found = []
    if needs:
        words = ngettext("%(num)d project that waits for you", "%(num)d projects that wait for you", len(needs))
        found.append(Todo("briefcase", words, "/placements#needs", len(needs), needs[0].words))
    if running:
        words = ngettext("%(num)d project on its way", "%(num)d projects on their way", len(running))
        found.append(Todo("briefcase", words, "/placements#running", len(running), running[0].words, calm=True))
    return found


def todo(groups: dict[str, list[Application]], offers: list[Application]) -> list[Todo]:
    found = []
    needs, drafts, sent = groups["needs"], groups["drafts"], groups["waiting"]
    if needs:
        words = ngettext("%(num)d draft that a teacher has read", "%(num)d drafts that a teacher has read", len(needs))
        if offers:
            words = ngettext("%(num)d offer to answer", "%(num)d offers to answer", len(needs))
        if 0 < len(offers) < len(needs):
            words = _("Offers to answer, and drafts that a teacher has read")
        small = _("%(left)s: answer by %(day)s", left=days_left(offers[0].answer_by), day=day(offers[0].answer_by)) if offers else ""  # fmt: skip
        found.append(Todo("sparkles", words, "/applications#needs", len(needs), small or needs[0].posting.title))
    if drafts:
        words = ngettext("%(num)d application not sent yet", "%(num)d applications not sent yet", len(drafts))
        found.append(Todo("pencil", words, "/applications#drafts", len(drafts), drafts[0].posting.title))
    if sent:
        words = ngettext("%(num)d application on its way", "%(num)d applications on their way", len(sent))
        found.append(
            Todo("send", words, "/applications#waiting", len(sent), _("you will hear from us either way"), calm=True)
        )
    return found


def fresh(person: Person) -> list[Todo]:
    """The experience a student has been given lately."""
    kept = Experience.select().where(Experience.student == person, Experience.created_at > now() - FRESH)
    newest = kept.order_by(Experience.id.desc()).first()
    if newest is None:
        return []
    small = f"{newest.title}, {newest.organization}"
    return [Todo("award", _("Your verified experience is ready"), f"/experience/{newest.id}", small=small, calm=True)]


def next_step(person: Person, offers, drafts, read: set[int], told_us: bool) -> Step:
    if offers:
        first = offers[0]
        words = _(
            "You have an offer for “%(title)s”. %(left)s: answer by %(day)s.", title=first.posting.title,
            left=days_left(first.answer_by), day=day(first.answer_by),
        )  # fmt: skip
        title = _("%(employer)s would like you", employer=first.posting.employer.name)
        return Step("sparkles", title, words, f"/applications/{first.id}", _("Answer the offer"))
    if drafts:
        first = drafts[0]
        title = _("A teacher has read your draft") if first.id in read else _("Finish your application")
        words = _("“%(title)s” at %(employer)s.", title=first.posting.title, employer=first.posting.employer.name)
        if first.posting.apply_by:
            left, last = days_left(first.posting.apply_by), day(first.posting.apply_by)
            words += " " + _("%(left)s: apply by %(day)s.", left=left, day=last)
        return Step("pencil", title, words, f"/projects/{first.posting_id}/apply", _("Go on writing"))
    if person.birth_date is None:
        return Step(
            "calendar", _("Ask your teacher to add your birth date"),
            _("You can look at every project now. To apply, the school needs to know how old you are."),
            "/projects", _("Look at projects"),
        )  # fmt: skip
    if not told_us:
        return Step(
            "user", _("Tell us what you like and can do"),
            _("Pick fields and skills: then we can show you projects that suit you, here and in search."),
            "/profile", _("Fill in your profile"),
        )  # fmt: skip
    return Step(
        "search", _("Find a project"), _("Paid, short, and read by a teacher before you see it."),
        "/projects", _("Find projects"),
    )  # fmt: skip
