"""What keeps somebody from being erased now: each a sentence for the coordinator who would do it."""

from board.applications.model import Application
from board.people.model import Person
from board.placements.model import OPEN, Message, Placement
from board.reports.model import Report, ReportAbout, ReportEntry
from board.words import N_, Said


def runs(person: Person) -> Said | None:
    """Somebody still has something to do."""
    mine = Application.select(Application.id).where(Application.student == person)
    looked_after = (Placement.lead == person) | (Placement.cover == person)
    theirs = Placement.application.in_(mine) | looked_after
    if Placement.select().where(theirs, Placement.state.in_(OPEN)).exists():
        return Said(N_("A project is not finished yet. End it, or name another teacher for it, first."))
    return None


def in_a_case(person: Person) -> Said | None:
    """What the school is still looking into stays as it is. The sentence says no more: whoever reads it may be the one
    it is about."""
    applied = Application.select(Application.id).where(Application.student == person)
    placed = Placement.select(Placement.id).where(Placement.application.in_(applied))
    named = ReportAbout.select(ReportAbout.report).where(ReportAbout.person == person)
    noted = ReportEntry.select(ReportEntry.report).where(ReportEntry.person == person)
    wrote = Message.select(Message.placement).where(Message.writer == person)
    about = (Report.person == person) | (Report.subject == person) | Report.id.in_(named) | Report.id.in_(noted)
    about |= Report.application.in_(applied) | Report.placement.in_(placed) | Report.placement.in_(wrote)
    if person.employer_id:
        about |= Report.employer == person.employer_id  # what they wrote there is in it, whoever is named
    if Report.going_on().where(about).exists():
        return Said(N_("The school keeps everything that belongs to this person as it is for now. Try again later."))
    return None


HOLDS = (runs, in_a_case)


def held_by(person: Person) -> Said | None:
    """The first of what keeps them, or None."""
    return next((said for hold in HOLDS if (said := hold(person))), None)
