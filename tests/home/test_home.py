"""Home pages: one next step first, then what waits, then what is new; and what a stranger reads."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board import moves
from board.applications import actions as applications
from board.applications.model import Application, Reading
from board.db import now
from board.employers.model import Employer
from board.people.model import Interest, Person, PersonSkill
from board.postings import revisions
from board.postings.model import Posting
from board.school.model import Field, School, Skill, today
from board.worker import actions as worker
from board.worker.model import Heartbeat, JobState
from tests import factories
from tests.inspector import by_id, having, text_of, words


def next_step(browser) -> str:
    browser.get("/")
    return words(having(browser.page, "class", "next-step")[0])


def leads_to(browser) -> str:
    """Where the button of the next step goes, of the page that stands."""
    return having(browser.page, "class", "next-step")[0].find("a").get("href")


def todo(browser) -> dict[str, str]:
    """Address -> words of each line of what waits."""
    lists = having(browser.page, "class", "todo")
    return {a.get("href"): words(a) for found in lists for a in found.iter("a")}


def home_of(browser):
    browser.get("/")
    return browser.page


def todo_of(browser) -> dict[str, str]:
    home_of(browser)
    return todo(browser)


def shown(browser) -> list[int]:
    return [int(e.get("data-posting")) for e in having(browser.page, "data-posting")]


def likes(student, field="design-media", skill="Canva") -> None:
    Interest.create(person=student, field=Field.get(Field.slug == field))
    PersonSkill.create(person=student, skill=Skill.get(Skill.name == skill))


# -- strangers


def test_a_stranger_reads_what_this_is_and_finds_both_doors(client, cast):
    visitor = client()
    visitor.get("/")
    links = {a.get("href") for a in visitor.page.iter("a")}
    assert {"/sign-in", "/join"} <= links and not any(link.startswith("/projects") for link in links)
    assert "Design & Media" in text_of(visitor.page)


def test_fields_are_links_once_the_board_is_open_to_visitors(client, cast):
    factories.make_posting("open", cast.cedar)
    School.update(open_to_visitors=True).execute()
    visitor = client()
    visitor.get("/")
    assert "/projects?field=design-media" in {a.get("href") for a in visitor.page.iter("a")}
    assert "See 1 open project" in text_of(visitor.page)


# -- students


def test_a_students_next_step_is_what_is_most_urgent(client, cast):
    noor = client(cast.noor)
    assert "birth date" in next_step(noor)
    maya = client(cast.maya)
    assert "Tell us what you like" in next_step(maya)
    likes(cast.maya)
    assert "Find a project" in next_step(maya)
    draft = factories.make_application("draft", factories.make_posting("open", cast.cedar), cast.maya)
    assert "Finish your application" in next_step(maya)
    reading = applications.ask_to_read(draft, cast.maya, cast.okafor)
    applications.answer_reading(reading, cast.okafor, "Good. Say more about letters.")
    assert "A teacher has read your draft" in next_step(maya)
    factories.make_application("offered", factories.make_posting("open", cast.mill), cast.maya)
    assert "Mill Cafe would like you" in next_step(maya)
    assert "days left: answer by" in next_step(maya)
    assert todo(maya)["/applications#needs"].endswith("2")  # the draft that was read, too


def test_a_student_sees_the_three_newest_that_suit_and_are_open_to_them(client, cast):
    likes(cast.leo)  # 14, grade 9
    kept = [factories.make_posting("open", cast.cedar, must=["Figma"]).id for _number in range(3)]
    factories.make_posting("open", cast.cedar, minimum_age=16)
    factories.make_posting("open", cast.cedar, minimum_grade=11)
    factories.make_posting("open", cast.cedar, field="sales", must=["Cold calling"], nice=[])
    factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.leo)
    factories.make_posting("submitted", cast.cedar)
    held = factories.make_posting("open", cast.cedar)
    factories.make_report("posting", held.id, cast.maya, "Hm.")
    by_skill = factories.make_posting("open", cast.mill, field="sales", must=["Canva"]).id
    leo = client(cast.leo)
    leo.get("/")
    assert shown(leo) == [by_skill, kept[2], kept[1]]


# -- teachers and coordinators


def test_a_teachers_home_begins_with_what_has_waited_longest(client, cast):
    okafor = client(cast.okafor)
    okafor.get("/")
    assert "Nothing waits for you" in text_of(okafor.page)
    draft = factories.make_application("draft", factories.make_posting("open", cast.cedar), cast.maya)
    reading = applications.ask_to_read(draft, cast.maya, cast.okafor)
    assert "Maya Rivera asks you to read a draft" in next_step(okafor)
    Reading.update(asked_at=now() + timedelta(minutes=1)).where(Reading.id == reading.id).execute()
    first = factories.make_posting("submitted", cast.mill, title="A menu")
    second = factories.make_posting("submitted", cast.cedar)
    assert "Read “A menu”" in next_step(okafor)
    assert shown(okafor) == [first.id, second.id]
    assert todo(okafor)["/review"].endswith("2") and todo(okafor)["/readings"].endswith("1")
    Reading.update(asked_at=now() - timedelta(days=1)).where(Reading.id == reading.id).execute()
    assert "asks you to read a draft" in next_step(okafor), "that one has waited longer now"
    assert "Leo Chen" in text_of(okafor.page) and "Noor Haddad" not in text_of(okafor.page)
    assert "/safety" not in todo(okafor)


def test_a_coordinators_home_also_counts_what_only_they_do(client, cast):
    posting = factories.make_posting("open", cast.cedar, must=["Sign painting"])
    ruiz = client(cast.ruiz)
    assert "An employer waits to be checked" in next_step(ruiz)
    factories.make_report("posting", posting.id, cast.maya, "Hm.")
    assert "Something felt wrong to somebody" in next_step(ruiz)
    lines = todo(ruiz)
    assert lines["/safety"].endswith("1") and lines["/employers?state=unverified"].endswith("1")
    assert lines["/settings/skills?state=proposed"].endswith("1")
    assert lines["/people?state=never"].endswith(str(Person.active().count() - 1))  # all but Ms. Ruiz herself


def test_a_new_boards_coordinator_is_told_whom_it_lacks(client, cast):
    """Once nothing else waits: employers, then students; a board with everybody on it is quiet."""
    ruiz = client(cast.ruiz)
    Employer.update(state="verified").execute()
    assert "Nothing waits for you" in text_of(home_of(ruiz))

    def gone(*roles):
        Person.update(ended_at=now()).where(Person.role.in_(roles)).execute()

    gone("student")
    assert "Bring in your students" in next_step(ruiz)
    gone("employer")
    assert "Invite the first employer" in next_step(ruiz)
    gone("teacher")
    assert "Invite a teacher and the first employer" in next_step(ruiz)
    assert leads_to(ruiz) == "/people/invite"


# -- employers


def test_an_employers_next_step_is_what_is_most_urgent(client, cast):
    nia, dana = client(cast.nia), client(cast.dana)
    assert "Offer a project" in next_step(nia) and "checks who you are" in next_step(nia)
    draft = factories.make_posting("draft", cast.cedar)
    assert "Finish your draft" in next_step(dana)
    assert leads_to(dana) == f"/employer/postings/{draft.id}"
    factories.make_posting("draft", cast.cedar)
    assert "Finish your draft" in next_step(dana) and leads_to(dana) == "/employer/postings#drafts"
    posting = factories.make_posting("open", cast.cedar, title="Poster")
    application = factories.make_application("submitted", posting, cast.maya)
    assert f"Answer Student {application.code}" in next_step(dana)
    assert "Maya" not in text_of(dana.page)
    factories.make_posting("changes_requested", cast.cedar)
    assert "The school asks for changes" in next_step(dana)
    lines = todo(dana)
    for address in ("/employer/applicants", "/employer/postings#changes", "/employer/postings#open"):
        assert lines[address].endswith("1")
    factories.make_application("submitted", factories.make_posting("open", cast.mill), cast.leo)
    dana.get("/")
    assert len(having(dana.page, "data-application")) == 1


def test_an_applicant_whose_day_is_near_comes_before_what_the_school_asks(client, cast):
    dana = client(cast.dana)
    late, soon, later = (factories.make_posting("open", cast.cedar, title=title) for title in ("Late", "Soon", "Later"))
    factories.make_posting("changes_requested", cast.cedar)
    for posting, days in ((later, 9), (soon, 2), (late, -1)):
        factories.make_application("submitted", posting)
        Posting.update(decide_by=today() + timedelta(days=days)).where(Posting.id == posting.id).execute()
    step = next_step(dana)
    assert "Applied for “Late”" in step and "Overdue: on" in step and "the board answers for you" in step
    rows = [words(e) for e in having(dana.page, "data-application")]
    assert ["Late" in rows[0], "Soon" in rows[1], "Later" in rows[2]] == [True] * 3
    assert "2 days left to decide" in rows[1] and "9 days left to decide" in rows[2]
    Application.delete().where(Application.posting == late).execute()
    assert "Applied for “Soon”. 2 days left to decide." in next_step(dana)
    Application.delete().where(Application.posting == soon).execute()
    assert "The school asks for changes" in next_step(dana)


def test_a_posting_past_its_last_day_asks_what_now(client, cast):
    posting = factories.make_posting("expired", cast.cedar, title="Poster")
    factories.make_posting("open", cast.cedar)
    dana = client(cast.dana)
    assert "“Poster” is past its last day" in next_step(dana)
    links = {a.get("href") for a in dana.page.iter("a")}
    assert f"/employer/postings/{posting.id}#part-dates" in links
    assert todo(dana)["/employer/postings#expired"].endswith("1") and todo(dana)["/employer/postings#open"].endswith(
        "1"
    )


def test_a_draft_for_a_project_that_is_gone_is_nobodys_next_step(client, cast):
    likes(cast.maya)
    draft = factories.make_application("draft", factories.make_posting("open", cast.cedar), cast.maya)
    maya = client(cast.maya)
    assert "Finish your application" in next_step(maya)
    Posting.update(apply_by=today() - timedelta(days=1)).where(Posting.id == draft.posting_id).execute()
    assert "Find a project" in next_step(maya)
    assert "/applications#drafts" in todo(maya)


def test_a_teachers_students_without_a_step_come_first_and_a_draft_is_no_secret_told(client, cast):
    factories.make_application("submitted", student=cast.leo)
    factories.make_application("draft", student=cast.maya)
    zoe = factories.make_student(name="Zoe Abel", adviser=cast.okafor)
    factories.make_application("not_selected", student=zoe)
    okafor = client(cast.okafor)
    okafor.get("/")
    mine = words(by_id(okafor.page, "my-students"))
    assert mine == "Maya Riverano step yetZoe Abelno step yetLeo Chenwaits for an answer"
    assert todo(okafor)["/students?mine=1&idle=1"].endswith("2")
    for link in by_id(okafor.page, "my-students").iter("a"):  # a teacher may open what a teacher is shown
        assert okafor.get(link.get("href")).status_code == 200
        assert len(having(okafor.page, "data-person")) == 1


def test_a_coordinator_reads_what_the_board_could_not_do(client, cast):
    ruiz = client(cast.ruiz)
    assert "/settings/worker#failed" not in todo_of(ruiz)
    worker.look()
    JobState.update(failures=1, problem="The disk is full.").where(JobState.name.in_(["index", "notices"])).execute()
    assert todo_of(ruiz)["/settings/worker#failed"].endswith("2")
    assert "stopped" not in next_step(ruiz)
    Heartbeat.update(beat_at=now() - timedelta(hours=2)).execute()
    assert "background work has stopped" in next_step(ruiz)
    assert "stopped" not in text_of(home_of(client(cast.okafor)))


def test_on_a_board_without_a_worker_the_coordinator_is_told_once_somebody_waits(client, cast):
    factories.make_posting("submitted", cast.cedar)
    ruiz = client(cast.ruiz)
    assert "stopped" not in next_step(ruiz)
    moves.Step.update(at=now() - timedelta(minutes=20)).execute()
    assert "background work has stopped" in next_step(ruiz)


@pytest.mark.parametrize("state", ["suspended", "refused", "lapsed"])
def test_an_employer_that_is_not_in_good_standing_reads_so(client, cast, state):
    cast.cedar.state = state
    cast.cedar.save()
    dana = client(cast.dana)
    dana.get("/")
    assert {"suspended": "suspended", "refused": "refused", "lapsed": "has lapsed"}[state] in text_of(dana.page)


@pytest.mark.parametrize("who", ["maya", "okafor", "ruiz", "dana"])
def test_the_home_page_takes_the_same_number_of_queries_however_much_waits(client, cast, who):
    likes(cast.maya)

    def busy(times):
        for _number in range(times):
            posting = factories.make_posting("open", cast.cedar)
            factories.make_application("submitted", posting, cast.leo)
            factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
            draft = factories.make_application("draft", factories.make_posting("open", cast.mill), cast.maya)
            applications.ask_to_read(draft, cast.maya, cast.okafor)
            applications.ask_to_read(
                factories.make_application("draft", factories.make_posting("open", cast.mill), cast.leo),
                cast.leo, cast.ruiz,
            )  # fmt: skip
            for state in ("submitted", "changes_requested", "draft"):
                factories.make_posting(state, cast.cedar)
            revisions.propose(posting, cast.dana, {"hours": 11})
            factories.make_report("posting", posting.id, cast.dana, "Hm.")
            factories.make_student(adviser=cast.okafor)

    browser = client(getattr(cast, who))
    busy(1)
    browser.get("/")
    with count_queries() as one:
        browser.get("/")
    busy(7)
    browser.get("/")  # what is kept until something is written is asked for here
    with count_queries() as many:
        browser.get("/")
    assert many.count == one.count
