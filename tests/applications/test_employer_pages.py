"""What an employer meets: applicants without a name, seats that are counted, answers that are kind."""

import re
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions
from board.applications.model import Application
from board.moves import Step
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.inspector import by_id, having, words

STATES = (
    "submitted", "shortlisted", "offered", "accepted", "turned_down", "lapsed", "taken_back", "not_selected", "withdrawn",
)  # fmt: skip


@pytest.fixture
def posting(app, cast):
    return factories.make_posting(employer=cast.cedar, seats=2)


@pytest.fixture
def dana(client, cast):
    return client(cast.dana)


def page_of(application):
    return f"/employer/applicants/{application.id}"


# -- who it is stays unknown


def named_student(number: int) -> Person:
    """Names, usernames and addresses that stand nowhere else on a page."""
    return factories.make_student(
        name=f"Xanthippe{number} Quillfeather{number}", email=f"xq.{number}@pupil.invalid", username=f"xquill{number}"
    )


def test_no_page_of_an_employer_tells_who_a_student_is(app, client, cast, dana):
    """A busy board, every page an employer can open, before and after moves: no name, address or birth date."""
    posting = factories.make_posting(employer=cast.cedar, seats=9)
    students = [named_student(number) for number in range(len(STATES) + 1)]
    made = [factories.make_application(state, posting, who) for state, who in zip(STATES, students, strict=False)]
    draft = factories.make_application("draft", posting, students[-1])
    teacher = factories.teacher()
    actions.ask_to_read(draft, students[-1], teacher)
    Person.update(birth_date="2009-02-03").where(Person.role == "student").execute()
    ids = [application.id for application in Application.select()]
    addresses = {
        rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments
    } - {"/healthz"}  # fmt: skip
    addresses |= {f"/employer/applicants/{number}" for number in ids}
    addresses |= {f"/applications/{number}" for number in ids}
    addresses |= {f"/report/application/{number}" for number in ids}
    addresses |= {f"{base}/{posting.id}" for base in ("/projects", "/employer/postings", "/employers")}
    addresses |= {f"/employer/postings/{posting.id}/{part}" for part in ("applicants", "preview")}
    addresses |= {
        f"/employer/postings/{posting.id}/applicants?state={tab}"
        for tab in ("new", "shortlisted", "offered", "answered")
    }
    answers = {}

    def read_all():
        for address in sorted(addresses):
            answers[address] = dana.get(address)
            tell_nothing(answers[address])

    def tell_nothing(response):
        found = re.search(r"xanthippe|quillfeather|xquill|pupil\.invalid|2009|feb(ruary)? 3", response.text, re.I)
        assert not found, (response.request.path, found)

    read_all()
    opened = [address for address, response in answers.items() if response.status_code == 200]
    assert {page_of(one) for one in made} <= set(opened)
    assert "/employer/applicants" in opened and page_of(draft) not in opened
    for application in made:
        for move, data in (
            ("shortlist", {}), ("offer", {"answer_by": (today() + timedelta(days=2)).isoformat()}),
            ("not_select", {"reason": "close-call"}), ("take_offer_back", {"words": "The plan changed."}),
        ):  # fmt: skip
            tell_nothing(dana.post(f"{page_of(application)}/{move}", data=data))
    read_all()


def test_the_second_of_two_is_not_told_the_name_of_the_first(client, cast, dana, posting):
    """A student withdraws while the employer offers: the words that say so must not name the student."""
    application = factories.make_application("submitted", posting, named_student(1))
    actions.withdraw(application, application.student)
    answer = dana.post(f"{page_of(application)}/offer", data={"answer_by": (today() + timedelta(days=2)).isoformat()})
    assert answer.status_code == 409 and "Xanthippe" not in answer.text
    assert "changed in the meantime" in words(by_id(dana.page, "problem"))


def test_a_withdrawn_application_has_lost_its_words(cast, dana, posting):
    application = factories.make_application("withdrawn", posting, cast.maya)
    dana.get(page_of(application))
    assert factories.WHY not in words(dana.page) and "no longer shown" in words(dana.page)
    dana.get(f"/employer/postings/{posting.id}/applicants?state=answered")
    assert factories.WHY not in words(dana.page)


def test_what_a_student_says_with_a_withdrawal_is_for_staff_alone(client, cast, dana, posting):
    application = factories.make_application("submitted", posting, cast.maya)
    actions.withdraw(application, cast.maya, "I am moving to Eugene with my aunt.")
    for browser, told in ((dana, False), (client(cast.okafor), True)):
        browser.get(page_of(application) if browser is dana else f"/applications/{application.id}")
        assert ("Eugene" in words(browser.page)) == told


def test_an_applicant_is_a_code_a_grade_band_and_what_they_wrote(cast, dana, posting):
    application = factories.make_application("submitted", posting, cast.maya)
    dana.get(page_of(application))
    page = words(dana.page)
    for said in (f"Student {application.code}", "Grade 9 or 10", factories.WHY, "What do you like to draw?",
                 "Mostly letters.", "Canva", "From a club or team", "I made the posters for the chess club."):  # fmt: skip
        assert said in page


def test_what_a_student_did_before_sending_is_not_the_employers(cast, dana, posting):
    draft = factories.make_application("draft", posting, cast.maya)
    actions.answer_reading(actions.ask_to_read(draft, cast.maya, cast.okafor), cast.okafor, "Better say less.")
    actions.submit(draft, cast.maya)
    dana.get(page_of(draft))
    history = words(by_id(dana.page, "main"))
    assert "Okafor" not in history and "began a draft" not in history and "Better say less" not in history
    assert f"Student {draft.code} sent it" in history


def test_another_employer_and_a_draft_are_not_there(client, cast, dana, posting):
    sent = factories.make_application("submitted", posting, cast.maya)
    draft = factories.make_application("draft", posting, cast.leo)
    omar = client(cast.omar)
    assert dana.get(page_of(sent)).status_code == 200
    assert dana.get(page_of(draft)).status_code == 404
    assert omar.get(page_of(sent)).status_code == 404
    assert omar.get(f"/employer/postings/{posting.id}/applicants").status_code == 404
    for move in ("shortlist", "offer", "not_select", "take_offer_back"):
        assert omar.post(f"{page_of(sent)}/{move}").status_code == 404
        assert dana.post(f"{page_of(draft)}/{move}").status_code == 404
        for person in (cast.maya, cast.okafor, cast.ruiz):
            assert client(person).post(f"{page_of(sent)}/{move}").status_code == 403
    for made_up in ("accept", "release", "lapse", "withdraw", "nonsense"):
        assert dana.post(f"{page_of(sent)}/{made_up}").status_code == 404
    assert Application.get_by_id(sent.id).state == "submitted"


# -- the lists


def test_applicants_lie_in_tabs_by_where_they_stand_and_places_are_counted(cast, dana):
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    made = {state: factories.make_application(state, posting) for state in STATES}
    tabs = {
        "new": ["submitted"], "shortlisted": ["shortlisted"], "offered": ["offered", "accepted"],
        "answered": ["turned_down", "lapsed", "taken_back", "not_selected", "withdrawn"],
    }  # fmt: skip
    for tab, states in tabs.items():
        dana.get(f"/employer/postings/{posting.id}/applicants?state={tab}")
        shown = {row.get("id") for row in having(dana.page, "id") if row.tag == "tr"}
        assert shown == {f"applicant-{made[state].id}" for state in states}, tab
        assert "2 of 3 places taken" in words(dana.page)
    for odd in ("nonsense", "", "'"):
        assert dana.get(f"/employer/postings/{posting.id}/applicants?state={odd}&page={'9' * 5000}").status_code == 200


def test_all_who_wait_are_listed_with_the_days_left_the_nearest_first(cast, dana):
    day = today()
    dates = {"Later": 20, "Sooner": 15}
    for title, days in dates.items():
        posting = factories.make_posting(
            employer=cast.cedar, title=title, decide_by=(day + timedelta(days=days)).isoformat()
        )
        factories.make_application("submitted", posting)
    factories.make_application("not_selected", factories.make_posting(employer=cast.cedar, title="Answered"))
    factories.make_application("submitted", factories.make_posting(employer=cast.mill, title="Elsewhere"))
    dana.get("/employer/applicants")
    page = words(by_id(dana.page, "main"))
    assert page.index("Sooner") < page.index("Later")
    assert "15 days left to decide" in page and "Answered" not in page and "Elsewhere" not in page


def test_lists_without_anybody_say_what_will_be_here(dana, posting):
    dana.get("/employer/applicants")
    assert "Nobody waits for an answer" in words(dana.page)
    dana.get(f"/employer/postings/{posting.id}/applicants")
    assert "No applications yet" in words(dana.page)


def test_more_than_a_page_of_applicants_is_paged(cast, dana):
    posting = factories.make_posting(employer=cast.cedar, seats=20)
    for _ in range(51):
        factories.make_application("submitted", posting)
    rows = []
    for page in (1, 2):
        dana.get(f"/employer/applicants?page={page}")
        rows.append({row.get("id") for row in having(dana.page, "id") if row.tag == "tr"})
    assert [len(part) for part in rows] == [50, 1] and not rows[0] & rows[1]


@pytest.mark.parametrize("address", ["/employer/applicants", "/employer/postings/{}/applicants"])
def test_thirty_applicants_ask_the_database_no_more_than_one(cast, dana, posting, address):
    def asked():
        with count_queries() as counted:
            assert dana.get(address.format(posting.id)).status_code == 200
        return counted.count

    factories.make_application("submitted", posting)
    asked()
    one = asked()
    for _ in range(29):
        factories.make_application("submitted", posting)
    assert asked() == one


# -- the answers


def test_an_employer_shortlists_offers_and_is_told_what_follows(cast, dana, posting):
    application = factories.make_application("submitted", posting, cast.maya)
    assert dana.post(f"{page_of(application)}/shortlist").status_code == 303
    dana.get(page_of(application))
    assert by_id(dana.page, "answer-by").get("value") == (today() + timedelta(days=3)).isoformat()
    assert (
        dana.post(
            f"{page_of(application)}/offer", data={"answer_by": (today() + timedelta(days=5)).isoformat()}
        ).status_code
        == 303
    )
    offered = Application.get_by_id(application.id)
    assert (offered.state, offered.answer_by, offered.seat) == ("offered", today() + timedelta(days=5), 1)
    dana.get(page_of(application))
    assert "5 days left for the student to answer" in words(dana.page) and "1 of 2 places taken" in words(dana.page)
    actions.accept(offered, cast.maya)
    dana.get(page_of(application))
    assert "A teacher looks at the match now; once they agree, you learn who it is." in words(dana.page)
    assert not having(dana.page, "data-move")


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", "9999-12-31", "99999-01-01", "\x00"])
def test_an_offer_with_a_wrong_day_comes_back_with_words_at_the_day(cast, dana, posting, day):
    application = factories.make_application("submitted", posting, cast.maya)
    assert dana.post(f"{page_of(application)}/offer", data={"answer_by": day}).status_code == 422
    assert words(by_id(dana.page, "answer-by-error"))
    assert Application.get().state == "submitted"


def test_an_offer_without_a_place_left_is_refused_in_words(cast, dana):
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_application("offered", posting, cast.maya)
    second = factories.make_application("submitted", posting, cast.leo)
    answer = dana.post(f"{page_of(second)}/offer", data={"answer_by": (today() + timedelta(days=2)).isoformat()})
    assert answer.status_code == 422
    assert "All the places are offered or taken." in words(by_id(dana.page, "errors"))


def test_not_selected_needs_a_reason_and_the_student_reads_it_kindly(client, cast, dana, posting):
    application = factories.make_application("submitted", posting, cast.maya)
    assert dana.post(f"{page_of(application)}/not_select", data={"words": "Lovely lettering."}).status_code == 422
    assert "Choose a reason" in words(by_id(dana.page, "reason-error"))
    assert words(by_id(dana.page, "not-select-words")) == "Lovely lettering."
    data = {"reason": "more-experience", "words": "Lovely lettering."}
    assert dana.post(f"{page_of(application)}/not_select", data=data).status_code == 303
    maya = client(cast.maya)
    for page in ("/applications", f"/applications/{application.id}"):
        maya.get(page)
        assert "Cedar Print chose somebody who had done something very like this before." in words(maya.page)
        assert "Cedar Print writes: “Lovely lettering.”" in words(maya.page)


@pytest.mark.parametrize("move", ["not_select", "take_offer_back"])
def test_words_with_a_way_to_meet_come_back_with_what_to_take_out(cast, dana, posting, move):
    state = "submitted" if move == "not_select" else "offered"
    application = factories.make_application(state, posting, cast.maya)
    said = "Write to dana@cedarprint.example instead."
    answer = dana.post(f"{page_of(application)}/{move}", data={"reason": "close-call", "words": said})
    assert answer.status_code == 422
    assert "Take out “dana@cedarprint.example”" in words(by_id(dana.page, "errors")) and said in words(dana.page)
    assert Application.get().state == state


def test_an_offer_is_taken_back_with_words_alone(cast, dana, posting):
    application = factories.make_application("offered", posting, cast.maya)
    assert dana.post(f"{page_of(application)}/take_offer_back", data={"words": " "}).status_code == 422
    assert dana.post(f"{page_of(application)}/take_offer_back", data={"words": "The plan changed."}).status_code == 303
    assert Application.get().state == "taken_back"
    assert dana.post(f"{page_of(application)}/take_offer_back", data={"words": "Again."}).status_code == 409


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_the_moves_that_are_open_and_no_other(cast, dana, state):
    application = factories.make_application(state, factories.make_posting(employer=cast.cedar), cast.maya)
    dana.get(page_of(application))
    offered = {form.get("data-move") for form in having(dana.page, "data-move")}
    assert offered == {
        "submitted": {"shortlist", "offer", "not_select"}, "shortlisted": {"offer", "not_select"},
        "offered": {"take_offer_back"},
    }.get(state, set())  # fmt: skip


def test_every_move_is_one_step_with_its_person(cast, dana, posting):
    application = factories.make_application("submitted", posting, cast.maya)
    before = Step.select().count()
    dana.post(f"{page_of(application)}/shortlist")
    dana.post(f"{page_of(application)}/shortlist")
    steps = list(Step.select().where(Step.id > before))
    assert [(step.move, step.person_id, step.from_state, step.to_state) for step in steps] == [
        ("shortlist", cast.dana.id, "submitted", "shortlisted")
    ]


def test_a_posting_that_is_paused_can_still_be_decided_and_a_held_one_not(cast, dana, posting):
    one, two = (factories.make_application("submitted", posting) for _ in range(2))
    day = {"answer_by": (today() + timedelta(days=2)).isoformat()}
    Posting.update(state="paused").execute()
    assert dana.post(f"{page_of(one)}/offer", data=day).status_code == 303
    Posting.update(held_at=posting.opened_at).execute()
    no = {"reason": "close-call", "words": "Call me instead."}
    for who, move, data in (
        (two, "offer", day),
        (two, "shortlist", {}),
        (two, "not_select", no),
        (one, "take_offer_back", no),
    ):
        assert dana.post(f"{page_of(who)}/{move}", data=data).status_code == 422, move
        assert "as soon as it is back" in words(by_id(dana.page, "problem")) and not having(dana.page, "data-move")
    assert {one.state for one in Application.select()} == {"offered", "submitted"}


def test_a_move_that_is_no_longer_open_is_said_in_words_whatever_else_was_typed(cast, dana, posting):
    """No summary that leads to a form which is not there any more."""
    application = factories.make_application("offered", posting, cast.maya)
    answer = dana.post(f"/employer/applicants/{application.id}/offer", data={"answer_by": "never"})
    assert answer.status_code == 409
    assert "was first" in words(by_id(dana.page, "problem"))
