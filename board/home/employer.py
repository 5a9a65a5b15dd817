"""An employer's home: who waits for an answer and for how long, then their postings, then how to make them stronger.
A fixed number of queries, whatever waits."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from peewee import fn

from board.applications.model import WAITING, Application
from board.applications.rules import answers_itself_on, decides_by
from board.drawing import day, days_left, today, translate
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.home.steps import ROWS, Step, Todo
from board.home.stronger import stronger
from board.home.waiting import waiting
from board.people.model import Person
from board.placements.lists import Row, open_rows
from board.postings.desk import group_of
from board.postings.model import Posting
from board.postings.model import State as PostingState

URGENT = timedelta(days=2)  # so near to the day to decide, applicants come before all else

# what is listed of one's postings, as "My postings" groups them: name there, icon, words, and whether nobody waits for it
GROUPS = (
    ("changes", "message-square", _l("The school asks for changes"), False),
    ("expired", "clock", _l("Past the last day to apply"), False),
    ("drafts", "pencil", _l("Drafts"), False),
    ("waiting", "hourglass", _l("With the school"), True),
    ("open", "circle-check", _l("On the board"), True),
    ("paused", "pause", _l("Paused"), True),
)


def of(person: Person) -> dict:
    own = Posting.employer == person.employer_id
    columns = (Posting.id, Posting.title, Posting.state, Posting.apply_by, Posting.held_at)
    postings: dict[str, list[Posting]] = {}
    for posting in Posting.select(*columns).where(own, Posting.state.not_in(DONE)).order_by(Posting.id):
        postings.setdefault(group_of(posting), []).append(posting)
    decide = fn.COALESCE(Posting.decide_by, Posting.apply_by, "9999-12-31")  # as the list of all of them
    applicants = list(
        Application.select(Application, Posting)
        .join(Posting)
        .where(own, Application.state.in_(WAITING), Application.is_shown())
        .order_by(decide, Application.submitted_at, Application.id)
        .limit(ROWS)
    )
    small = to_decide(applicants[0].posting) if applicants else ""
    work = [row for row in open_rows(person) if row.needs]
    todo = [Todo("users", _("Applicants to answer"), "/employer/applicants", waiting()["applicants"], small)]
    if work:
        todo.append(Todo("briefcase", _("Students who wait for you"), "/placements#needs", len(work), work[0].words))
    for name, icon, words, calm in GROUPS:
        if name in postings:
            number = len(postings[name])
            todo.append(Todo(icon, str(words), f"/employer/postings#{name}", number, calm=calm))
    return {
        "next_step": next_step(person.employer, applicants, postings, work),
        "todo": todo,
        "applicants": applicants,
        "state": person.employer.state,
        "to_decide": to_decide,
        "is_urgent": is_urgent,
        "stronger": stronger(person.employer_id) if person.employer.is_verified else [],
    }


DONE = (PostingState.CLOSED, PostingState.DECLINED)


def to_decide(posting: Posting) -> str:
    """How long an employer has to decide, in words."""
    decide = decides_by(posting)
    if decide is None:
        return ""
    if decide < today():
        return _("overdue: on %(day)s the board answers for you", day=day(answers_itself_on(posting)))
    return _("%(left)s to decide", left=days_left(decide))


def is_urgent(posting: Posting) -> bool:
    decide = decides_by(posting)
    return decide is not None and decide <= today() + URGENT


def next_step(organisation: Employer, applicants, postings: dict[str, list[Posting]], work: list[Row]) -> Step:
    if organisation.state in (EmployerState.REFUSED, EmployerState.SUSPENDED):
        words = _("Your postings are not shown to students. The reason is on your organization's page.")
        title = _(
            "%(employer)s: %(state)s", employer=organisation.name, state=translate(organisation.state_label).lower()
        )
        return Step("triangle-alert", title, words, "/employer", _("To your organization"))
    if applicants and is_urgent(applicants[0].posting):
        return answer(applicants[0])
    if work:
        first = work[0]
        words = _("“%(title)s” with %(student)s.", title=first.placement.posting.title, student=first.student)
        return Step("briefcase", first.words, words, first.address, _("Go there"))
    if "changes" in postings:
        first = postings["changes"][0]
        words = _("To “%(title)s”. What should change stands beside each section.", title=first.title)
        address = f"/employer/postings/{first.id}"
        return Step("message-square", _("The school asks for changes"), words, address, _("Make the changes"))
    if applicants:
        return answer(applicants[0])
    if "expired" in postings:
        first = postings["expired"][0]
        words = _("Nobody can apply any more. Set a later last day, or close it.")
        title = _("“%(title)s” is past its last day", title=first.title)
        return Step("clock", title, words, f"/employer/postings/{first.id}#part-dates", _("Set a later day"))
    if "drafts" in postings:
        words = _("Nobody at the school sees it before you send it.")
        if len(postings["drafts"]) > 1:
            return Step("pencil", _("Finish your draft"), words, "/employer/postings#drafts", _("To my drafts"))
        address = f"/employer/postings/{postings['drafts'][0].id}"
        return Step("pencil", _("Finish your draft"), words, address, _("Go on writing"))
    words = _(
        "A few hours to a few weeks, one thing to hand over, one fixed pay. A teacher reads it before students do."
    )
    if organisation.state == EmployerState.UNVERIFIED:
        words += " " + _("You can write while the school checks who you are.")
    return Step("plus", _("Offer a project"), words, "/employer/postings/new", _("Write a posting"))


def answer(application: Application) -> Step:
    posting = application.posting
    words = _("Applied for “%(title)s”.", title=posting.title)
    left = to_decide(posting)
    words += f" {left[:1].upper()}{left[1:]}." if left else ""
    title = _("Answer Student %(code)s", code=application.code)
    return Step("users", title, words, f"/employer/applicants/{application.id}", _("Read the application"))
