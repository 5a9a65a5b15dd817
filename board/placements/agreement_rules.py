"""What a training agreement has to say before it is signed, and what may not stand in it. Pure."""

from datetime import date, timedelta

from board import contact
from board.people.model import Person
from board.placements.model import Agreement, Party, Placement, WorkerKind
from board.postings.model import Place
from board.words import N_, Said

# what the employer and the school write; dates, hours and pay stand on the placement
TERMS = ("what", "place", "times", "pay_by", "pay_how", "call", "worker_kind", "insurance")
NAMES = {
    "what": N_("What the student does"),
    "place": N_("Where"),
    "times": N_("Days and hours"),
    "pay_by": N_("Paid by"),
    "pay_how": N_("Paid how"),
    "call": N_("Whom to call"),
    "worker_kind": N_("How the student is taken on"),
    "insurance": N_("Insurance"),
    "starts_on": N_("First day"),
    "due_on": N_("Last day"),
    "supervisor": N_("Worksite supervisor"),
}
LATEST_PAY = timedelta(days=180)  # after today
SIGNERS = (Party.STUDENT, Party.EMPLOYER, Party.TEACHER)  # without these nothing starts


def party_of(person: Person) -> Party:
    """As whom somebody signs."""
    if person.is_student:
        return Party.STUDENT
    return Party.EMPLOYER if person.is_employer else Party.TEACHER


def unfilled(agreement: Agreement, placement: Placement) -> list[str]:
    """The terms that are still missing, in order. Insurance may stay empty; a place only where all is done at home."""
    needed = ["what", "times", "pay_by", "pay_how", "call", "worker_kind"]
    if placement.posting.place != Place.REMOTE:
        needed.insert(1, "place")
    return [key for key in needed if not getattr(agreement, key)]


def wrong_with(placement: Placement, values: dict, today: date) -> dict[str, Said]:
    """What is wrong with new terms, by field. The student is named above them, and a way to be reached is shared later
    and in one place."""
    found = {}
    for key, value in values.items():
        if isinstance(value, str) and value and key != "worker_kind":
            text = contact.visible(value)
            named = contact.names_in(text, placement.student.name)
            # an address on the web may be what the work is about
            reached = [] if key == "call" else [hit for kind, hit in contact.found(value) if kind != LINK]
            if named:
                found[key] = Said(N_("Take out “%(text)s”: the agreement names the student by itself."), text=named[0])
            elif reached:
                found[key] = Said(
                    N_("Put “%(text)s” under “Whom to call”: it is shown once it may be."), text=reached[0]
                )
    if values.get("worker_kind") and values["worker_kind"] not in set(WorkerKind):
        found["worker_kind"] = Said(N_("Choose one of these."))
    day = values.get("pay_by")
    if day and day < today:
        found["pay_by"] = Said(N_("This day has passed. Give a later one."))
    elif day and day > today + LATEST_PAY and (not placement.due_on or day > placement.due_on + LATEST_PAY):
        found["pay_by"] = Said(N_("This is more than half a year away. Check the year."))
    return found


LINK = contact.KINDS[0][1]
