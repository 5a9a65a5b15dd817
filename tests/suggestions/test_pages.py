"""Suggesting an employer and answering it, in the browser."""

import pytest

from board import notices
from board.mail.model import Mail
from board.people.model import Person
from board.suggestions import actions
from board.suggestions.model import Suggestion
from board.suggestions.rules import WAITING_MOST
from tests import factories
from tests.inspector import by_id, having, text_of, words
from tests.suggestions.test_actions import IDEA, WISH

FORM = {key: str(value) for key, value in IDEA.items()}
INVITE = {"invite-organization": "Harbor Bikes", "invite-name": "Ana Bell", "invite-email": "ana@harbor.example"}


def address(suggestion, name="") -> str:
    return f"/employers/suggestions/{suggestion.id}" + (f"/{name}" if name else "")


def test_a_student_finds_the_way_suggests_and_takes_it_back(client, cast):
    maya = client(cast.maya)
    for page in ("/", "/projects", "/projects?q=nothing+is+so"):
        maya.get(page)
        assert any("/suggestions" in (link.get("href") or "") for link in having(maya.page, "href")), page
    assert maya.post("/suggestions/new", data=FORM).status_code == 303
    made = Suggestion.get()
    assert (made.student, made.title, made.make, made.hours) == (cast.maya, IDEA["title"], IDEA["make"], 8)
    maya.get("/suggestions")
    assert "Harbor Bikes" in text_of(maya.page) and "Waiting for an answer" in text_of(maya.page)
    assert maya.post(f"/suggestions/{made.id}/take-back").status_code == 303
    assert Suggestion.get().state == "taken_back"
    assert maya.post(f"/suggestions/{made.id}/take-back").status_code == 409


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"organization": " "}, "organization", "Please fill this in"),
        ({"place": ""}, "place", "Please fill this in"),
        ({"why": ""}, "why", "One or two sentences"),
        ({"make": ""}, "make", "Say what you would make"),
        ({"title": ""}, "title", "Give your project a name"),
        ({"hours": "many"}, "hours", "whole number"),
        ({"hours": "81"}, "hours", "whole number"),
        ({"make": "I am Maya Rivera"}, "make", "Take out your name"),
        ({"title": "Write to maya@example.org"}, "title", "Take out a mail address"),
        ({"make": "x" * 2001}, "make", "at most 2000"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_is_kept(client, cast, changed, field, said):
    maya = client(cast.maya)
    assert maya.post("/suggestions/new", data=FORM | changed).status_code == 422
    assert said in words(by_id(maya.page, f"{field}-error"))
    assert words(by_id(maya.page, "known")) == IDEA["known"] and Suggestion.select().count() == 0


def test_the_fourth_that_waits_is_answered_in_words_and_kept(client, cast):
    for _ in range(WAITING_MOST):
        actions.suggest(cast.maya, WISH)
    maya = client(cast.maya)
    assert maya.post("/suggestions/new", data=FORM).status_code == 409
    assert "wait already" in words(by_id(maya.page, "errors"))
    assert by_id(maya.page, "organization").get("value") == "Harbor Bikes"
    maya.get("/suggestions")
    assert "Three of your suggestions are waiting" in text_of(maya.page)


def test_nobody_meets_a_suggestion_that_is_not_theirs(client, cast):
    made = actions.suggest(cast.maya, IDEA)
    leo = client(cast.leo)
    leo.get("/suggestions")
    assert "Harbor Bikes" not in text_of(leo.page)
    assert leo.post(f"/suggestions/{made.id}/take-back").status_code == 404
    for person in (cast.okafor, cast.dana, cast.maya):
        assert client(person).get(address(made)).status_code == 403
        assert client(person).post(address(made, "invite"), data=INVITE).status_code == 403
    assert Suggestion.get().state == "waiting"


def test_the_coordinator_sees_what_waits_in_the_header_at_home_and_in_the_list(client, cast):
    first, second = actions.suggest(cast.maya, IDEA), actions.suggest(cast.leo, WISH)
    actions.decline(actions.suggest(cast.leo, WISH), cast.ruiz, "They have closed.")
    ruiz = client(cast.ruiz)
    ruiz.get("/")
    header, todo = having(ruiz.page, "href", "/employers/suggestions")
    assert words(header) == "Employers students suggest: 2" and words(todo).endswith("2")
    ruiz.get("/employers/suggestions")
    rows = [row.get("data-suggestion") for row in having(ruiz.page, "data-suggestion")]
    assert rows[:2] == [str(first.id), str(second.id)] and len(rows) == 3  # the oldest first, the answered last
    (nav,) = (link for link in having(ruiz.page, "href", "/employers") if link.get("aria-current"))
    assert words(nav) == "Employers"
    assert [words(link) for link in having(ruiz.page, "class", "nav-count")] == [
        "Employers to check: 1", "Employers students suggest: 2",
    ]  # fmt: skip
    okafor = client(cast.okafor)
    okafor.get("/")
    assert "students suggest" not in text_of(okafor.page)


def test_inviting_shows_the_link_once_and_the_invited_find_the_idea_without_a_name(client, cast):
    made = actions.suggest(cast.maya, IDEA)
    ruiz = client(cast.ruiz)
    ruiz.get(address(made))
    assert "Maya Rivera" in text_of(ruiz.page) and "My aunt works there" in text_of(ruiz.page)
    assert ruiz.post(address(made, "invite"), data=INVITE).status_code == 200
    link = by_id(ruiz.page, "link").get("value").split("/", 3)[3]
    assert "The link for Ana Bell" in text_of(ruiz.page) and Mail.select().count() == 1
    ruiz.get(address(made))
    assert by_id(ruiz.page, "link") is None and not having(ruiz.page, "data-move")
    ana = client()
    assert ana.post(f"/{link}", data={"name": "Ana Bell", "password": "quiet purple riverbank"}).status_code == 303
    notices.deliver()
    draft = Suggestion.get().posting
    for page in ("/", "/notices", "/employer", "/employer/postings", f"/employer/postings/{draft.id}",
                 f"/employer/postings/{draft.id}/preview"):  # fmt: skip
        assert ana.get(page).status_code == 200
        for secret in ("Maya", "Rivera", cast.maya.email, "aunt", "mend my bike"):
            assert secret not in ana.get(page).text, page
    ana.get(f"/employer/postings/{draft.id}")
    assert "A student of the school had this idea for you" in text_of(ana.page)
    assert IDEA["title"] in by_id(ana.page, "title").get("value")
    maya = client(cast.maya)
    maya.get("/suggestions")
    assert "They came to the board" in text_of(maya.page)
    maya.get("/notices")
    assert "Harbor Bikes, which you suggested, has come to the board" in text_of(maya.page)


@pytest.mark.parametrize(
    ("name", "form", "field", "said"),
    [
        ("invite", {"invite-email": ""}, "invite-email", "Please fill this in"),
        ("invite", {"invite-name": "Ana\r\nBcc: x@example.org"}, "invite-name", "one line"),
        ("invite", {"invite-organization": "Mill Cafe"}, "invite-organization", "is here already"),
        ("invite", {"invite-email": "OMAR"}, "invite-email", "Somebody else has this"),
        ("pass_on", {"pass_on-employer": ""}, "pass_on-employer", "Choose an employer"),
        ("pass_on", {"pass_on-employer": "999"}, "pass_on-employer", "Not a valid choice"),
        ("pass_on", {"pass_on-employer": "MILL"}, "pass_on-employer", "Nobody from Mill Cafe"),
        ("decline", {"decline-reason": " "}, "decline-reason", "Please say why"),
    ],
)
def test_an_answer_that_is_not_complete_is_said_at_its_field(client, cast, name, form, field, said):
    made = actions.suggest(cast.maya, IDEA)
    ruiz = client(cast.ruiz)
    stands_for = {"OMAR": cast.omar.email, "MILL": str(cast.mill.id)}
    form = {key: stands_for.get(value, value) for key, value in form.items()}
    assert ruiz.post(address(made, name), data=INVITE | form).status_code == 422
    assert said in words(by_id(ruiz.page, f"{field}-error"))
    assert Suggestion.get().state == "waiting" and Mail.select().count() == 0


def test_passing_on_and_declining_lead_back_to_the_list_and_the_student_reads_it(client, cast):
    Person.update(password_hash="x").where(Person.id == cast.omar.id).execute()
    passed, declined = (
        actions.suggest(cast.maya, IDEA | {"organization": "mill cafe"}),
        actions.suggest(cast.maya, WISH),
    )
    ruiz = client(cast.ruiz)
    ruiz.get(address(passed))
    chosen = [option for option in having(ruiz.page, "selected") if option.tag == "option"]
    assert [words(option) for option in chosen] == ["Mill Cafe"]  # the same name is chosen already
    answer = ruiz.post(address(passed, "pass_on"), data={"pass_on-employer": str(cast.mill.id)})
    assert (answer.status_code, answer.location) == (303, "/employers/suggestions")
    for late in ("Too late.", ""):
        assert ruiz.post(address(passed, "decline"), data={"decline-reason": late}).status_code == 409
        assert late in text_of(ruiz.page) and by_id(ruiz.page, "errors") is not None
    words_to = "They have closed for the winter. Ask again in spring."
    assert ruiz.post(address(declined, "decline"), data={"decline-reason": words_to}).status_code == 303
    maya = client(cast.maya)
    maya.get("/suggestions")
    assert words_to in text_of(maya.page) and "They are on the board already" in text_of(maya.page)
    notices.deliver()
    omar = client(cast.omar)
    omar.get("/notices")
    assert "A student of the school has an idea for you" in text_of(omar.page)


def test_an_open_project_leads_the_student_to_it(client, cast):
    Person.update(password_hash="x").where(Person.id == cast.omar.id).execute()
    made = actions.suggest(cast.maya, WISH)
    actions.pass_on(made, cast.ruiz, cast.mill)
    posting = factories.make_posting("open", cast.mill, title="Menu in two languages")
    notices.deliver()
    maya = client(cast.maya)
    maya.get("/suggestions")
    assert having(maya.page, "href", f"/projects/{posting.id}")
    maya.get("/notices")
    assert "has opened a project" in text_of(maya.page)
