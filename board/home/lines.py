"""Notices as their reader meets them: words drawn from the Step, and the page they lead to."""

from dataclasses import dataclass
from datetime import date

from board.applications.model import Application
from board.applications.reminders import DID as REMINDERS
from board.employers.model import Employer
from board.employers.vetting_days import DID as VETTING_REMINDERS
from board.moves import Step
from board.notices import HEARS, Notice
from board.people.model import Person
from board.placements.model import Placement
from board.placements.reminders import DID as PLACEMENT_REMINDERS
from board.postings.model import Posting, Revision, SavedSearch
from board.postings.naming import names_of
from board.reports.model import Report
from board.suggestions.model import Suggestion


@dataclass
class Line:
    """A notice as its reader meets it: a marked sentence with its values, and the page it leads to."""

    notice: Notice
    words: str
    values: dict
    icon: str
    address: str
    posting: Posting | None  # one that went to somebody else: others like it may follow
    thread: str = ""  # what it is about; a letter about it stands beside the others about it
    link: str = ""  # its address as it stands in a letter


def lines(notices: list[Notice], reader: Person) -> list[Line]:
    """What a page of notices says; a fixed number of queries. What is gone since is left out."""
    steps = [notice.step for notice in notices]
    numbers = {noun: {s.noun_id for s in steps if s.noun == noun} for noun in {"posting", "revision", "application",
               "report", "employer", "person", "saved_search", "suggestion", "placement"}}  # fmt: skip
    revisions = dict(
        Revision.select(Revision.id, Revision.posting).where(Revision.id.in_(numbers["revision"])).tuples()
    )
    placements = dict(
        Placement.seen_by(reader)
        .where(Placement.id.in_(numbers["placement"]))
        .select(Placement.id, Placement.application)
        .tuples()
    )
    numbers["application"] |= set(placements.values())
    known = Application.id.in_(numbers["application"])
    if reader.is_employer:
        known &= Application.is_shown()
    applications = {a.id: a for a in Application.select().where(known)}
    cases = {r.id: r for r in Report.select().where(Report.id.in_(numbers["report"]))}
    readable = {r.id for r in Report.seen_by(reader).where(Report.id.in_(numbers["report"])).select(Report.id)}
    wanted = numbers["posting"] | set(revisions.values())
    wanted |= {row.posting_id for row in applications.values()}
    postings = Posting.select(Posting, Employer).join(Employer).where(Posting.id.in_(wanted))
    by_id = {posting.id: posting for posting in postings}
    arrived = dict(Person.select(Person.id, Person.employer).where(Person.id.in_(numbers["person"])).tuples())
    firms = numbers["employer"] | set(arrived.values())
    employers = {e.id: e for e in Employer.select().where(Employer.id.in_(firms))}
    mine = SavedSearch.id.in_(numbers["saved_search"]), SavedSearch.student == reader
    searches = names_of(list(SavedSearch.select().where(*mine)))
    seen = Suggestion.seen_by(reader).where(Suggestion.id.in_(numbers["suggestion"]))
    suggestions = {suggestion.id: suggestion for suggestion in seen}
    found = []
    for notice in notices:
        step = notice.step
        news = HEARS.get((step.noun, step.move))
        application = applications.get(step.noun_id)
        if step.noun == "placement":
            application = applications.get(placements.get(step.noun_id))
        if step.noun == "saved_search" and news and step.noun_id in searches:
            count = step.facts.get("count", 1)
            values = {"search": searches[step.noun_id], "count": count}
            address = f"/saved/searches/{step.noun_id}"
            words, thread = news.one if count == 1 else news.words, f"search-{step.noun_id}"
            found.append(Line(notice, words, values, news.icon, address, None, thread))
            continue
        suggestion = suggestions.get(step.noun_id) if step.noun == "suggestion" else None
        if suggestion and news:
            address = leads_to_suggestion(step, reader)
            values, thread = {"organization": suggestion.organization}, f"suggestion-{suggestion.id}"
            found.append(Line(notice, news.words, values, news.icon, address, None, thread))
            continue
        if step.noun == "report" and news:
            address = leads_to_case(cases.get(step.noun_id), reader, readable)
            if address:
                found.append(Line(notice, news.words, {}, news.icon, address, None, "safety"))
            continue
        if step.noun == "correction" and news:
            address = "/corrections" if step.move == "ask" else "/account/correction"
            found.append(Line(notice, news.words, {}, news.icon, address, None, f"correction-{step.noun_id}"))
            continue
        employer = {
            "employer": employers.get(step.noun_id), "person": employers.get(arrived.get(step.noun_id)),
        }.get(step.noun)  # fmt: skip
        posting = {
            "posting": by_id.get(step.noun_id),
            "revision": by_id.get(revisions.get(step.noun_id)),
            "application": by_id.get(application.posting_id) if application else None,
            "placement": by_id.get(application.posting_id) if application else None,
        }.get(step.noun)
        if not news or not (posting or employer or (step.noun_id in arrived and step.noun == "person")):
            continue
        firm = employer or (posting and posting.employer)  # a teacher who comes has none
        values = {
            "title": posting.title if posting else "",
            "employer": firm.name if firm else "",
            "code": application.code if application and step.noun in ("application", "placement") else "",
            "who": named(step, reader),
            "to": step.facts.get("name", ""),
            "count": step.facts.get("count", 1),
        } | reminded(step)
        address = leads_to(step, reader, posting)
        refused = (step.noun, step.move) in (("application", "not_select"), ("application", "release"))
        thread = f"posting-{posting.id}" if posting else f"{step.noun}-{step.noun_id}"
        words = news.one if news.one and values["count"] == 1 else news.words
        found.append(Line(notice, words, values, news.icon, address, posting if refused else None, thread))
    return found


def reminded(step: Step) -> dict:
    """What a reminder is about: its day, and how many wait. The day is written out when it is drawn."""
    reminds = step.move in REMINDERS or step.move in PLACEMENT_REMINDERS or step.move in VETTING_REMINDERS
    facts = step.facts if reminds else {}
    return {key: date.fromisoformat(value) if key == "day" else value for key, value in facts.items()}


def named(step: Step, reader: Person) -> str:
    """Who acted, by name; a student's name never reaches an employer, whatever the sentence asks for."""
    if not step.person or (reader.is_employer and step.person.is_student):
        return ""
    return step.person.name


def leads_to_suggestion(step: Step, reader: Person) -> str:
    if reader.is_coordinator:
        return f"/employers/suggestions/{step.noun_id}"
    return f"/projects/{step.facts['posting']}" if step.move == "open" else "/suggestions"


# what happens to an experience, told to its student
EXPERIENCE = {("placement", move) for move in ("keep", "sharing_yes", "sharing_no")}


def leads_to_case(case: Report | None, reader: Person, readable: set[int]) -> str:
    """The case, for its line; for whoever said it, the page they said it on."""
    if case is None or not (case.id in readable or case.person_id == reader.id):
        return ""
    return f"/safety/{case.id}" if case.id in readable else f"/report/{case.about}/{case.number}"


def leads_to(step: Step, reader: Person, posting: Posting | None) -> str:
    """The page of this reader on which to act or read on."""
    if (step.noun, step.move) in (("employer", "hand_over"), ("employer", "wish")):
        return "/employer/postings"
    if step.noun == "person" and reader.is_coordinator:
        return f"/people/{step.noun_id}"
    if reader.is_coordinator and step.noun == "employer" and step.move in VETTING_REMINDERS:
        return f"/employers/{step.noun_id}/vetting"
    if step.noun in ("employer", "person"):
        return "/employer" if reader.is_employer else f"/employers/{step.noun_id}"
    if (step.noun, step.move) in EXPERIENCE:
        return "/experience"
    if step.move == "of_age":
        return f"/placements/{step.noun_id}/own-yes"
    if step.noun == "application" and step.move.startswith("guardian"):
        return f"/applications/{step.noun_id}"
    if step.noun == "placement":
        return f"/placements/{step.noun_id}{'#messages' if 'message' in step.move else ''}"
    if step.noun == "application":
        if reader.is_employer:
            return f"/employer/applicants/{step.noun_id}"
        return "/readings" if reader.is_teacher else f"/applications/{step.noun_id}"
    if reader.is_teacher:
        return f"/review/{posting.id}"
    if step.move in ("decide_due", "decide_late"):
        return f"/employer/postings/{posting.id}/applicants"
    return f"/employer/postings/{posting.id}" if reader.is_employer else f"/projects/{posting.id}"
