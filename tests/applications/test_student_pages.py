"""What a student meets: the form, the list, one application; and the teacher who reads a draft first."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions
from board.applications.model import Application, Evidence, Reading
from board.applications.views import for_project_page
from board.moves import Step
from board.people.model import Person
from board.placements.model import Placement
from board.postings import actions as postings
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.factories import WHY
from tests.inspector import by_id, having, text_of, words


@pytest.fixture
def posting(app, cast):
    return factories.make_posting(employer=cast.cedar)


@pytest.fixture
def form(posting):
    skill = actions.must_skills(posting.id)[0]
    return {
        "why": WHY, "answer-1": "Mostly letters.", f"kind-{skill.id}": "club",
        f"evidence-{skill.id}": "I made the posters for the chess club.",
    }  # fmt: skip


def address(posting):
    return f"/projects/{posting.id}/apply"


def errors_of(client):
    return words(by_id(client.page, "errors"))


# -- the form


def test_looking_at_the_form_leaves_nothing_behind(client, cast, posting):
    maya = client(cast.maya)
    before = Step.select().count()
    for _ in range(2):
        assert maya.get(address(posting)).status_code == 200
    assert maya.piece(address(posting)).status_code == 200
    assert Application.select().count() == 0 and Step.select().count() == before
    assert "Two to five sentences" in words(maya.page)
    assert "What do you like to draw?" in words(maya.page)


def test_the_form_shows_the_project_in_short_and_how_long_the_employer_takes(client, cast, posting):
    maya = client(cast.maya)
    maya.get(address(posting))
    page = words(maya.page)
    for said in ("$200 fixed", "10 hours", "One printed page and its file.", "They decide by"):
        assert said in page


def test_the_button_on_a_project_page_starts_one_draft(client, cast, posting):
    maya = client(cast.maya)
    for _ in range(2):
        assert maya.post(address(posting)).location == address(posting)
    assert Application.select().count() == 1


def test_an_empty_start_never_wipes_a_draft(client, cast, posting, form):
    maya = client(cast.maya)
    maya.post(address(posting), data=form | {"do": "save"})
    maya.post(address(posting), data={"csrf_token": "as every form of this board sends it"})
    assert Application.get().why == WHY


def test_a_draft_is_kept_whatever_is_missing_and_comes_back(client, cast, posting, form):
    maya = client(cast.maya)
    assert maya.post(address(posting), data={"why": "Half a tho", "do": "save"}).status_code == 303
    maya.get(address(posting))
    assert words(by_id(maya.page, "why")) == "Half a tho"
    maya.post(address(posting), data=form | {"do": "save"})
    maya.get(address(posting))
    skill = actions.must_skills(posting.id)[0]
    assert by_id(maya.page, f"evidence-{skill.id}").get("value") == form[f"evidence-{skill.id}"]
    picked = [
        option.get("value") for option in by_id(maya.page, f"kind-{skill.id}") if option.get("selected") is not None
    ]
    assert picked == ["club"]


def test_autosave_answers_with_the_small_region_alone(client, cast, posting, form):
    maya = client(cast.maya)
    answer = maya.post(address(posting), data=form | {"do": "auto"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Saved" in answer.text and "<form" not in answer.text
    assert Application.get().why == WHY
    region = None
    maya.get(address(posting))
    region = by_id(maya.page, "save-state")
    assert region.get("role") == "status" and region.get("hx-target") == "this"


def test_autosave_after_sending_says_so_and_changes_nothing(client, cast, posting, form):
    maya = client(cast.maya)
    maya.post(address(posting), data=form | {"do": "send"})
    answer = maya.post(address(posting), data=form | {"why": "other", "do": "auto"})
    assert answer.status_code == 409 and "has been sent" in answer.text
    assert Application.get().why == WHY


def test_a_whole_form_is_sent_and_a_second_click_changes_nothing(client, cast, posting, form):
    maya = client(cast.maya)
    sent = maya.post(address(posting), data=form | {"do": "send"})
    again = maya.post(address(posting), data=form | {"do": "send"})
    application = Application.get()
    assert sent.location == again.location == f"/applications/{application.id}"
    assert application.state == "submitted" and Evidence.get().kind == "club"
    assert Step.select().where(Step.noun == "application", Step.move == "submit").count() == 1


def test_what_is_missing_is_said_at_its_place_and_nothing_is_lost(client, cast, posting, form):
    maya = client(cast.maya)
    answer = maya.post(address(posting), data=form | {"answer-1": "", "why": "Short but mine.", "do": "send"})
    assert answer.status_code == 422
    assert "Answer the employer's question." in errors_of(maya) and "two or three sentences" in errors_of(maya)
    assert words(by_id(maya.page, "why")) == "Short but mine."
    assert Application.get().state == "draft" and Application.get().why == "Short but mine."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I am Maya.", "Take out your name: “Maya”."),
        ("Write to maya@example.org", "Take out a mail address: “maya@example.org”."),
        ("Ring 503-555-0142", "Take out a phone number: “503-555-0142”."),
        ("I am @maya.draws", "Take out a handle: “@maya.draws”."),
        ("See www.example.org/me", "Take out a link: “www.example.org/me”."),
    ],
)
@pytest.mark.parametrize("place", ["why", "answer-1", "evidence"])
def test_what_gives_the_student_away_is_caught_at_its_field(client, cast, posting, form, text, said, place):
    name = next(key for key in form if key.startswith(place))
    maya = client(cast.maya)
    answer = maya.post(address(posting), data=form | {name: f"{WHY} {text}", "do": "send"})
    assert answer.status_code == 422
    assert said in words(by_id(maya.page, f"{name}-error"))
    assert having(by_id(maya.page, "errors"), "href", f"#{name}")
    typed = by_id(maya.page, name)
    assert text in (typed.get("value") or words(typed))
    assert Application.get().state == "draft"


def test_a_text_that_is_too_long_is_given_back_whole(client, cast, posting, form):
    maya = client(cast.maya)
    long = "w" * 2001
    answer = maya.post(address(posting), data=form | {"why": long, "do": "save"})
    assert answer.status_code == 422 and "at most 2000 characters" in errors_of(maya)
    assert words(by_id(maya.page, "why")) == long


@pytest.mark.parametrize(
    "odd", ["\x00", "\ud800", "💥" * 50, "<script>alert(1)</script>", "a\u202eb", "%(name)s {{ 7*7 }}"]
)
def test_odd_text_breaks_nothing(client, cast, posting, form, odd):
    maya = client(cast.maya)
    data = {name: odd.encode("utf-8", "surrogatepass") for name in form} | {
        "do": "save",
        "teacher": odd.encode("utf-8", "surrogatepass"),
    }
    assert maya.post(address(posting), data=data).status_code == 303
    assert maya.get(address(posting)).status_code == 200
    assert maya.get(f"/applications/{Application.get().id}").status_code == 200


def test_the_preview_is_what_the_employer_will_see(client, cast, posting, form):
    maya = client(cast.maya)
    preview = maya.post(address(posting), data=form | {"do": "preview"}).location
    maya.get(preview)
    application = Application.get()
    main = words(by_id(maya.page, "main"))
    assert f"Student {application.code} · Grade 9 or 10" in main
    assert WHY in main and "From a club or team" in main
    assert "Maya" not in main
    assert having(maya.page, "data-move", "submit")
    assert maya.post(f"{preview}/submit").status_code == 303
    assert Application.get().state == "submitted"


def test_a_preview_that_is_not_ready_says_what_is_missing_and_leads_back(client, cast, posting, form):
    maya = client(cast.maya)
    preview = maya.post(address(posting), data=form | {"answer-1": "", "do": "preview"}).location
    maya.get(preview)
    assert "Answer the employer's question." in words(maya.page) and not having(maya.page, "data-move", "submit")
    back = maya.post(f"{preview}/submit")
    assert back.location == f"{address(posting)}?check=1"
    maya.get(back.location)
    assert "Answer the employer's question." in errors_of(maya)


# -- barred


@pytest.mark.parametrize(
    ("who", "change", "said"),
    [
        ("noor", {}, "The school needs your birth date"),
        ("leo", {"minimum_age": 16}, "16 or older"),
        ("leo", {"minimum_grade": 11}, "grade 11 and up"),
    ],
)
def test_who_may_not_apply_is_told_before_writing(client, cast, who, change, said):
    posting = factories.make_posting(employer=cast.cedar, **change)
    person = client(getattr(cast, who))
    assert person.get(address(posting)).status_code == 200
    assert said in words(person.page)
    assert not having(person.page, "name", "why") and having(person.page, "href", "/projects")
    refused = person.post(address(posting), data={"why": "But I want to.", "do": "save"})
    assert refused.status_code == 409 and "But I want to." in words(person.page)
    assert Application.select().count() == 0


def test_a_project_that_left_the_board_while_writing_gives_the_words_back(client, cast, posting, form):
    maya = client(cast.maya)
    postings.close(posting, cast.dana)
    answer = maya.post(address(posting), data=form | {"do": "send"})
    assert answer.status_code == 409 and WHY in words(maya.page)


def test_a_draft_of_a_project_that_has_closed_is_kept_and_can_be_discarded(client, cast, posting, form):
    maya = client(cast.maya)
    maya.post(address(posting), data=form | {"do": "save"})
    Posting.update(apply_by=today() - timedelta(days=1)).execute()
    assert maya.get(address(posting)).status_code == 200
    assert "The last day to apply has passed." in words(maya.page)
    assert maya.post(address(posting), data=form | {"do": "send"}).status_code == 409
    assert having(maya.page, "data-move", "withdraw")
    assert maya.post(f"/applications/{Application.get().id}/withdraw").location == "/applications"
    assert Application.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["draft", "submitted", "declined", "closed", "paused", "filled", "expired"])
def test_what_a_student_does_not_see_is_not_there_to_apply_to(client, cast, state):
    posting = factories.make_posting(state)
    assert client(cast.maya).get(address(posting)).status_code == 404


# -- a teacher reads first


def test_a_teacher_reads_a_draft_and_the_student_sees_the_answer(client, cast, posting, form):
    maya, okafor, ruiz = client(cast.maya), client(cast.okafor), client(cast.ruiz)
    maya.get(address(posting))
    chosen = [option for option in by_id(maya.page, "teacher") if option.get("selected") is not None]
    assert [words(option) for option in chosen] == ["Sam Okafor"]
    assert maya.post(address(posting), data=form | {"do": "ask", "teacher": cast.okafor.id}).status_code == 303
    maya.get(address(posting))
    assert "Sam Okafor has been asked" in words(maya.page)
    reading = Reading.get()
    okafor.get("/readings")
    assert "Maya Rivera: Price list for the counter" in words(okafor.page)
    assert ruiz.get(f"/readings/{reading.id}").status_code == 404
    okafor.get(f"/readings/{reading.id}")
    assert WHY in words(okafor.page)
    assert okafor.get(f"/applications/{reading.application_id}").status_code == 200
    assert okafor.post(f"/readings/{reading.id}", data={"words": "  "}).status_code == 422
    assert okafor.post(f"/readings/{reading.id}", data={"words": "Name the tools you used."}).status_code == 303
    assert okafor.post(f"/readings/{reading.id}", data={"words": "Again."}).status_code == 409
    for page in (address(posting), "/applications"):
        maya.get(page)
        assert "Name the tools you used." in words(maya.page)
    assert "Needs you" in words(maya.page)


def test_readings_are_asked_for_the_oldest_first(client, cast):
    for day, student in ((2, cast.leo), (9, cast.maya)):
        draft = factories.make_application("draft", student=student)
        reading = actions.ask_to_read(draft, student, cast.okafor)
        Reading.update(asked_at=reading.asked_at - timedelta(days=day)).where(Reading.id == reading.id).execute()
    okafor = client(cast.okafor)
    okafor.get("/readings")
    page = words(okafor.page)
    assert page.index("Maya Rivera") < page.index("Leo Chen")


@pytest.mark.parametrize("teacher", ["", "nobody", "999999", str(10**40)])
def test_a_teacher_has_to_be_one(client, cast, posting, form, teacher):
    maya = client(cast.maya)
    assert maya.post(address(posting), data=form | {"do": "ask", "teacher": teacher}).status_code == 422
    assert "Choose a teacher." in errors_of(maya)
    assert Application.get().why == WHY and Reading.select().count() == 0


# -- the list


ENDINGS = {
    "not_selected": "It was close: Cedar Print had several strong applications",
    "turned_down": "You turned the offer down.",
    "lapsed": "The offer was not answered in time",
    "taken_back": "We had to change the plan.",
    "withdrawn": "You withdrew this application.",
}
STANDS = {
    "draft": ("Not sent yet", "The last day to send it is"),
    "submitted": ("On its way", "Cedar Print decides by"),
    "shortlisted": ("On its way", "Cedar Print likes it and is comparing a few. Cedar Print decides by"),
    "offered": ("Needs you", "Cedar Print would like you to do this project. Answer by"),
    "accepted": ("You said yes", "A teacher looks at the match now."),
} | {state: ("Ended", said) for state, said in ENDINGS.items()}


@pytest.mark.parametrize(("state", "expected"), STANDS.items())
def test_the_list_says_where_each_stands_and_what_comes_next(client, cast, posting, state, expected):
    application = factories.make_application(state, posting, cast.maya)
    maya = client(cast.maya)
    maya.get("/applications")
    card = by_id(maya.page, f"application-{application.id}")
    group, said = expected
    assert [words(head) for head in maya.page.iter("h2")] == [f"{group} 1"]
    assert said in words(card) and having(card, "data-state", state)
    assert maya.get(f"/applications/{application.id}").status_code == 200
    assert having(maya.page, "data-state", state)


@pytest.mark.parametrize(
    ("state", "told"),
    [("not_selected", True), ("lapsed", True), ("taken_back", True), ("turned_down", False), ("withdrawn", False)],
)
def test_what_did_not_work_out_comes_with_two_open_projects_like_it(client, cast, posting, state, told):
    application = factories.make_application(state, posting, cast.maya)
    for title in ("Menu cards", "Window letters", "A third one"):
        factories.make_posting(title=title)
    factories.make_posting("closed", title="Long gone")
    maya = client(cast.maya)
    for page in ("/applications", f"/applications/{application.id}"):
        maya.get(page)
        links = [
            link
            for link in maya.page.iter("a")
            if words(link) in ("Menu cards", "Window letters", "A third one", "Long gone")
        ]
        assert len(links) == (2 if told else 0), page
        assert all(maya.get(link.get("href")).status_code == 200 for link in links)


def test_an_offer_counts_its_days(client, cast, posting):
    factories.make_application("offered", posting, cast.maya)
    maya = client(cast.maya)
    maya.get("/applications")
    assert "3 days left" in words(maya.page)


def test_without_applications_the_list_says_what_will_be_here(client, cast):
    maya = client(cast.maya)
    maya.get("/applications")
    assert "Nothing here yet" in words(maya.page)


def test_a_discarded_draft_is_gone_from_the_list(client, cast, posting):
    draft = factories.make_application("draft", posting, cast.maya)
    maya = client(cast.maya)
    maya.post(f"/applications/{draft.id}/withdraw")
    maya.get("/applications")
    assert "Price list" not in words(by_id(maya.page, "main"))


@pytest.mark.parametrize("state", ["draft", "submitted", "offered", "not_selected"])
def test_thirty_applications_ask_the_database_no_more_than_one(client, cast, state):
    maya = client(cast.maya)

    def asked():
        with count_queries() as counted:
            assert maya.get("/applications").status_code == 200
        return counted.count

    factories.make_application(state, factories.make_posting(seats=20), cast.maya)
    asked()
    one = asked()
    for _ in range(29):
        factories.make_application(state, factories.make_posting(seats=20), cast.maya)
    asked()  # what is kept until something is written is asked for here
    assert asked() == one


def test_thirty_drafts_to_read_ask_the_database_no_more_than_one(client, cast):
    okafor = client(cast.okafor)

    def ask():
        student = factories.make_student()
        actions.ask_to_read(factories.make_application("draft", student=student), student, cast.okafor)

    def asked():
        with count_queries() as counted:
            assert okafor.get("/readings").status_code == 200
        return counted.count

    ask()
    asked()
    one = asked()
    for _ in range(29):
        ask()
    assert asked() == one


# -- one application and its moves


def test_the_offer_says_what_follows_and_a_yes_is_one_click(client, cast, posting):
    application = factories.make_application("offered", posting, cast.maya)
    maya = client(cast.maya)
    maya.get(f"/applications/{application.id}")
    assert "a teacher has to agree before anybody learns your name" in words(maya.page)
    assert maya.post(f"/applications/{application.id}/accept").status_code == 303
    assert Placement.get().state == "proposed"
    maya.get(f"/applications/{application.id}")
    assert "A teacher looks at the match now." in words(maya.page)
    assert not having(maya.page, "data-move")


@pytest.mark.parametrize(
    ("move", "state"), [("withdraw", "submitted"), ("withdraw", "draft"), ("turn_down", "offered")]
)
def test_what_cannot_be_undone_asks_first_without_script(client, cast, posting, move, state):
    application = factories.make_application(state, posting, cast.maya)
    maya = client(cast.maya)
    maya.get(f"/applications/{application.id}")
    folds = [fold for fold in maya.page.iter("details") if having(fold, "data-move", move)]
    assert len(folds) == 1 and folds[0].get("open") is None
    assert maya.post(f"/applications/{application.id}/{move}").status_code == 303
    assert Application.get().state == ("withdrawn" if move == "withdraw" else "turned_down")


@pytest.mark.parametrize("end", ["taken back", "closed", "lapsed"])
def test_a_yes_that_comes_too_late_is_409_in_words(client, cast, posting, end):
    application = factories.make_application("offered", posting, cast.maya)
    if end == "taken back":
        actions.take_offer_back(application, cast.dana, "The plan changed.")
    elif end == "closed":
        postings.close(posting, cast.dana)
    else:
        Application.update(answer_by=today() - timedelta(days=1)).execute()
    maya = client(cast.maya)
    assert maya.post(f"/applications/{application.id}/accept").status_code == 409
    said = words(by_id(maya.page, "problem"))
    assert said == (
        "The last day to answer this offer has passed." if end == "lapsed"
        else "The offer is no longer there: it was taken back, or the project was closed."
    )  # fmt: skip
    assert Placement.select().count() == 0


def test_other_people_find_nothing_at_a_students_application(client, cast, posting):
    draft = factories.make_application("draft", posting, cast.maya)
    sent = factories.make_application("submitted", student=cast.maya)
    for person, application, status in (
        (cast.leo, draft, 404), (cast.leo, sent, 404), (cast.okafor, draft, 404), (cast.okafor, sent, 200),
        (cast.ruiz, sent, 200), (cast.dana, sent, 403), (None, sent, 303),
    ):  # fmt: skip
        assert client(person).get(f"/applications/{application.id}").status_code == status
    for move in ("submit", "withdraw", "accept", "turn_down"):
        assert client(cast.leo).post(f"/applications/{sent.id}/{move}").status_code == 404
        assert client(cast.okafor).post(f"/applications/{sent.id}/{move}").status_code == 403
    for made_up in ("offer", "lapse", "shortlist", "nonsense"):
        assert client(cast.maya).post(f"/applications/{sent.id}/{made_up}").status_code == 404
    assert Application.get_by_id(sent.id).state == "submitted"


def test_a_teacher_reads_a_sent_application_with_its_name_and_moves_nothing(client, cast, posting):
    application = factories.make_application("shortlisted", posting, cast.maya)
    okafor = client(cast.okafor)
    okafor.get(f"/applications/{application.id}")
    assert "Maya Rivera: Price list for the counter" in words(okafor.page)
    assert not having(okafor.page, "data-move")


def test_the_history_tells_who_did_what(client, cast, posting):
    application = factories.make_application("not_selected", posting, cast.maya)
    maya = client(cast.maya)
    maya.get(f"/applications/{application.id}")
    page = words(maya.page)
    assert "You sent it" in page
    writer = Person.get(Person.employer == cast.cedar)
    assert "Cedar Print did not select it" in page and writer.name not in page


# -- the project page


@pytest.mark.parametrize(("who", "said"), [("noor", "needs your birth date"), ("maya", "You have applied")])
def test_the_project_page_says_it_in_words(client, cast, posting, who, said):
    factories.make_application("submitted", posting, cast.maya)
    person = client(getattr(cast, who))
    person.get(f"/projects/{posting.id}")
    assert said in words(person.page)


def test_the_project_page_knows_the_bar_or_the_application(app, cast, posting):
    with app.test_request_context():
        assert for_project_page(posting, None) == {"bar": None, "application": None}
        assert for_project_page(posting, cast.dana) == {"bar": None, "application": None}
        assert for_project_page(posting, cast.maya) == {"bar": None, "application": None}
        assert "birth date" in str(for_project_page(posting, cast.noor)["bar"])
        draft = factories.make_application("draft", posting, cast.maya)
        assert for_project_page(posting, cast.maya) == {"bar": None, "application": draft}


def test_a_student_who_comes_too_late_reads_no_name_of_a_person_at_the_employer(client, cast):
    application = factories.make_application("not_selected", factories.make_posting("open", cast.cedar), cast.maya)
    browser = client(cast.maya)
    assert browser.post(f"/applications/{application.id}/withdraw").status_code == 409
    assert "Dana" not in text_of(browser.page) and "in the meantime" in text_of(browser.page)
