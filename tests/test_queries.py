"""Queries are asked once a page, whatever the number of rows: every list, for every role, with few rows and with many."""

from datetime import datetime

from playhouse.test_utils import count_queries

from board import notices
from board.applications import actions as applications
from board.db import now
from board.employers import vetting_actions as vetting
from board.employers.model import Supervisor
from board.experience import actions as experience
from board.experience import portfolio
from board.experience.model import Experience, Portfolio
from board.mail import actions as mail
from board.mail.model import Mail
from board.people import actions as people
from board.people import sessions
from board.people.model import Interest, PersonSkill
from board.postings import actions as postings
from board.postings import content, hands, revisions, searches, starter_actions, watch
from board.postings.model import Viewing
from board.postings.starters import Starter
from board.privacy import corrections
from board.privacy.declaration import DECLARED
from board.privacy.model import Access
from board.reports.model import Report
from board.school.actions import skills_named
from board.school.model import Field, School, today
from board.search import index
from board.search.criteria import Criteria
from board.suggestions import actions as suggestions
from board.suggestions.model import Suggestion
from board.worker import actions as worker
from board.worker.model import JobRun, JobState
from tests import factories, placed
from tests.suggestions.test_actions import IDEA
from tests.test_hostile import Browser

RUNNING = (
    "/placements", "/placements?page=2", "/placements/1", "/placements/1?before=9", "/placements/2", "/placements/3", "/placements/4",
    "/placements/4/agreement", "/placements/1/end", "/messages",
)  # fmt: skip
LISTS = (
    ("maya", ("/", "/report", "/notices", "/projects", "/projects?q=sign", "/projects?sort=pay", "/projects/1", "/saved", "/applications",
              "/profile", "/account", "/account/mail", "/employers/1", "/suggestions", "/experience", "/experience/1", "/experience/1/certificate",
              "/experience/portfolio", "/experience/export.json", *RUNNING, "/placements/1?edit=1", "/placements/2/feedback",
              "/account/calendar", "/calendar/known-maya.ics", "/account/record", "/account/record/file", "/account/disclosures", "/account/correction")),
    ("okafor", ("/", "/notices", "/review", "/review?field=design-media", "/review?all=1", "/review/words", "/review/signals", "/readings", "/students", "/students?mine=1",
                "/employers", "/employers/1", "/projects", "/account", "/share", "/share?new=1", "/share/poster",
                "/projects/1/share", "/projects/1/poster", "/experience/1", "/experience/1/certificate", "/review/1", *RUNNING,
                "/placements?all=1", "/placements?state=proposed", "/students/{cast.maya.id}", "/students?reached=working",
                "/calendar/known-okafor.ics")),
    ("ruiz", ("/", "/notices", "/review", "/people", "/people?role=student", "/people?state=never", "/students",
              "/employers", "/employers?state=verified", "/employers?look=no-exists", "/employers/1", "/employers/1/vetting",
              "/employers/1/suspend", "/safety", "/safety/2", "/settings/fields",
              "/settings/skills", "/settings/skills?q=skill", "/settings/words", "/settings/starters", "/settings/mail",
              "/settings/worker", "/settings/rules", "/account/mail", "/people/invite", "/students/new",
              "/employers/suggestions", "/employers/suggestions/1", *RUNNING, "/placements?all=1", "/students/{cast.maya.id}",
              "/students?reached=working", "/settings/school-year", "/settings/audit", "/settings/audit?kind=move&who=maya", "/people/{cast.maya.id}/record", "/people/{cast.maya.id}/record/file",
              "/students/{cast.maya.id}/disclosures", "/students/{cast.maya.id}/guardians/1", "/corrections", "/settings/retention", "/settings/privacy/breach?first=2026-01-01&last=2099-01-01", "/people/{cast.noor.id}/erase")),
    ("dana", ("/", "/notices", "/employer/postings", "/employer/postings/new", "/employer/postings/new?q=sign", "/employer/applicants", "/employer/postings/1/applicants",
              "/employer/postings/1", "/employer", "/employer/leave", "/projects", "/employers/1", "/account", *RUNNING, "/placements/2/feedback",
              "/placements/2/close", "/calendar/known-dana.ics", "/account/record")),
    ("nobody", ("/g/known", "/verify/known", "/portfolio/known", "/", "/projects", "/projects?q=sign", "/projects/1", "/employers/1", "/join", "/sign-in/link", "/privacy")),
)  # fmt: skip
PAGES = [(name, address) for name, addresses in LISTS for address in addresses]


def add_rows(cast, number: int) -> None:
    """One more of everything that a list may show."""
    student = factories.make_student(adviser=cast.okafor, username=f"student{number}")
    skill = skills_named([f"Skill {number}"], cast.dana)[0]
    PersonSkill.create(person=cast.maya, skill=skill)
    if number < 15:
        Interest.create(person=cast.maya, field=Field.select().order_by(Field.id).offset(number % 15).first())
    for person in (cast.maya, cast.okafor, cast.ruiz, cast.dana):
        sessions.begin(person, "Another")
    vetting.check(factories.make_employer(state="unverified"), cast.ruiz, "exists", "fine", "Seen.")
    for person in ("checked", "unchecked"):
        supervisor = Supervisor.create(employer=cast.cedar, name=f"Somebody {person} {number}")
        if person == "checked":
            factories.vet_supervisor(supervisor)
    factories.make_employer()
    colleague = factories.make_person("employer", employer=cast.cedar, password_hash="x")
    factories.make_person("employer", employer=cast.cedar)  # who has not come yet
    hands.help_with(cast.first, colleague)
    for made in (suggestions.suggest(factories.make_student(), IDEA), suggestions.suggest(cast.maya, IDEA)):
        suggestions.pass_on(made, cast.ruiz, colleague.employer)
    suggestions.suggest(factories.make_student(), IDEA)
    Suggestion.update(created_at=datetime(2026, 1, 1)).execute()
    if number < FEW or number == MANY - 1:  # the newest notices tell of them
        add_states(cast, number)
    opened = factories.make_posting("open", cast.cedar, title=f"Sign {number}", must=[skill.name], seats=2)
    postings.save(opened, cast.maya)
    if number < searches.MOST:
        searches.save(Criteria(q="sign", pay=number + 1, fields=("design-media",), skills=(skill.slug,)), cast.maya)
    searches.save(Criteria(q="sign", hours=number + 1), student)
    factories.make_posting("open", cast.mill, title=f"Sign of {number}", must=[skill.name])
    watch.watch()
    postings.comment(opened, cast.okafor, "A word.")
    revisions.propose(opened, cast.dana, content.read(opened) | {"summary": f"Another way to say it, {number}."})
    waiting = factories.make_posting("submitted", cast.cedar)
    Viewing.create(posting=waiting, person=factories.make_person("teacher"))
    factories.make_application("submitted", cast.first, student)
    factories.make_application("not_selected", cast.first, factories.make_student())
    read = factories.make_application("draft", cast.first, factories.make_student())
    applications.answer_reading(applications.ask_to_read(read, read.student, cast.okafor), cast.okafor, "Good.")
    asked = factories.make_application("submitted", factories.make_posting("open", cast.mill), student)
    report = factories.make_report("application", asked.id, student, "Odd.")
    seen = factories.make_report("thread", cast.first.id, factories.make_person("teacher"), f"Odd {number}.")
    factories.close_report(seen, cast.ruiz, said="Looked.", let_go=True)
    factories.close_report(factories.make_report("employer", cast.mill.id, cast.maya), cast.ruiz, said="Looked.")
    assert Report.get_by_id(report.id).state == "new"
    people.make_codes([student], cast.ruiz)
    lost = mail.queue("test", cast.dana, {"who": "Elena"})
    Mail.update(state="failed", error="550 no such person").where(Mail.id == lost.id).execute()
    words = Starter.select().first().values | {"title": f"Sign to begin with {number}"}
    starter_actions.add(words, cast.ruiz)
    keep_another(cast, number)
    placed.add(cast, number, colleague)
    JobRun.create(name="notices", did='{"notices": 2}')
    if number < corrections.MOST_OPEN:
        asked = corrections.ask(cast.maya, f"Wrong {number}.")
        corrections.ask(student, "Wrong.")
        if number % 2:
            corrections.answer(asked, cast.ruiz, "declined", "Right.")
    Access.create(staff=factories.make_person("teacher"), student=cast.maya, page="story", day=today(), at=now())


def add_states(cast, number: int) -> None:
    """One posting and one application in each state: six times that are more than a page of them."""
    for state in ("draft", "submitted", "changes_requested", "declined", "paused", "closed", "expired"):
        factories.make_posting(state, cast.cedar, title=f"Sign {state} {number}")
    for state in ("draft", "submitted", "shortlisted", "offered", "accepted", "not_selected", "lapsed", "withdrawn"):
        applied = factories.make_application(state, factories.make_posting("open", cast.cedar, seats=2), cast.maya)
        if state == "draft":
            applications.ask_to_read(applied, cast.maya, cast.okafor)


def keep_another(cast, number: int) -> None:
    """A finished project of Maya's, with skills; the first one and her portfolio are public."""
    posting = factories.make_posting("open", cast.cedar, nice=[f"Skill of {number}"])
    kept = factories.make_experience(posting, cast.maya, 60)
    experience.record_yes(kept, cast.okafor, today())
    if number == 0:
        experience.share(kept, cast.maya)
        Experience.update(token="known").where(Experience.id == kept.id).execute()
        portfolio.share_portfolio(cast.maya)
        Portfolio.update(token="known").execute()


def counts(app, cast) -> dict[tuple[str, str], int]:
    found = {}
    for name, address in PAGES:
        person = getattr(cast, name, None)
        browser = Browser(app, person and sessions.begin(person, "Test"))
        at = address.format(cast=cast)
        browser.open(at)  # what is kept for everybody is there
        with count_queries() as counter:
            assert browser.open(at).status_code == 200, (name, at)
        found[name, address] = counter.count
    return found


MANY, FEW = 30, 6
MOST_QUERIES = 43  # a student's whole story; the page of a placement, of fifteen parts, keeps to fewer
MOST_OF_A_PLACEMENT = 40
EVERY_TABLE = ("/record", "/erase")  # these ask each table of the board once, and some for names


def test_no_list_asks_more_for_many_rows_than_for_few(app, cast):
    cast.first = factories.make_posting("open", cast.cedar, seats=20, title="Sign for the door")
    School.update(open_to_visitors=True).execute()
    assert (cast.first.id, cast.cedar.id) == (1, 1)
    placed.begin(cast)
    worker.look()
    add_rows(cast, 0)
    index.rebuild()
    notices.deliver()
    few = counts(app, cast)
    with index.later():
        for number in range(1, MANY):
            add_rows(cast, number)
    JobState.update(failures=2, problem="The disk is full.").execute()
    index.rebuild()
    notices.deliver()
    more = counts(app, cast)
    assert {page: (few[page], more[page]) for page in few if few[page] != more[page]} == {}
    assert (
        max(count for (_name, address), count in more.items() if not any(one in address for one in EVERY_TABLE))
        <= MOST_QUERIES
    )
    placements = [count for (_name, address), count in more.items() if address.startswith("/placements/")]
    assert max(placements) <= MOST_OF_A_PLACEMENT
    assert max(more.values()) <= 3 * len(DECLARED)
