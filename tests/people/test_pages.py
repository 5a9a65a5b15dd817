"""Pages of people: each shows what it promises, keeps what was typed, and keeps out whom it must."""

import re
from datetime import date, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.employers.model import Employer
from board.people import accounts, actions, sessions
from board.people.model import Key, KeyKind, Person, PersonSkill, SignIn, Slowdown
from board.school.model import Field, School, Skill, today
from tests import factories
from tests.inspector import by_id, having, text_of, words

GOOD = "window kettle lantern"
OTHER = "plaza trombone gravel"


def reset_slowdown():
    Slowdown.delete().execute()


def without(response, *texts):
    """The words of an answer without what was typed and without its one-time marks."""
    page = re.sub(r'Token": "[^"]*"|name="csrf_token" value="[^"]*"', "", response.get_data(as_text=True))
    for text in texts:
        page = page.replace(text, "")
    return page


@pytest.fixture
def maya(cast):
    actions.set_password(cast.maya, GOOD)
    return cast.maya


def sign_in(browser, account, password):
    return browser.post("/sign-in", data={"email": account, "password": password})


# -- who may open what

COORDINATOR_PAGES = (
    "/people", "/people/1", "/people/invite", "/students/new", "/students/import", "/settings", "/settings/fields",
    "/settings/fields/new", "/settings/fields/1", "/settings/skills", "/settings/skills/1", "/settings/words", "/settings/words/1",
)  # fmt: skip


@pytest.mark.parametrize("address", COORDINATOR_PAGES)
def test_only_coordinators_open_people_and_settings(client, cast, address):
    for person in (cast.maya, cast.okafor, cast.dana):
        assert client(person).get(address).status_code == 403
    assert client().get(address).status_code == 303
    assert client(cast.ruiz).get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/people/{id}/link", "/people/{id}/code", "/people/{id}/role", "/people/{id}/sign-out", "/people/{id}/close",
     "/people/{id}/reopen", "/people/{id}"],
)  # fmt: skip
def test_only_coordinators_change_an_account(client, cast, address):
    for person in (cast.leo, cast.okafor, cast.dana):
        assert client(person).post(address.format(id=cast.maya.id)).status_code == 403
    assert client(cast.ruiz).post(address.format(id=999999)).status_code == 404
    assert client(cast.ruiz).post(address.format(id=10**30)).status_code == 404


def test_students_are_listed_for_staff_alone(client, cast):
    assert client(cast.okafor).get("/students").status_code == 200
    assert client(cast.ruiz).get("/students").status_code == 200
    for person in (cast.maya, cast.dana):
        assert client(person).get("/students").status_code == 403
        assert client(person).post("/students/slips", data={"all": "1"}).status_code == 403


def test_only_students_have_a_profile(client, cast):
    assert client(cast.maya).get("/profile").status_code == 200
    for person in (cast.okafor, cast.ruiz, cast.dana):
        assert client(person).get("/profile").status_code == 403


# -- signing in


def test_the_answer_is_the_same_whether_the_account_exists(client, maya):
    known, unknown = client(), client()
    first = sign_in(known, maya.email, "not the password")
    second = sign_in(unknown, "nobody@example.org", "not the password")
    assert first.status_code == second.status_code == 422
    assert without(first, maya.email) == without(second, "nobody@example.org")


def test_too_many_tries_get_the_same_answer_whether_the_account_exists(client, maya):
    answers = []
    for account in (maya.email, "nobody@example.org"):
        browser = client()
        sign_in(browser, account, "wrong")
        Slowdown.update(failures=30).execute()
        response = sign_in(browser, account, GOOD)
        answers.append((response.status_code, without(response, account)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 429


@pytest.mark.parametrize(
    "typed", ["a\x00b", "x" * 5000, "'; DROP TABLE person --", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_nothing_typed_at_sign_in_breaks_it(client, maya, typed):
    assert sign_in(client(), typed, typed).status_code == 422


def test_sign_in_goes_on_to_where_one_wanted_to_go_and_never_elsewhere(client, maya):
    browser = client()
    data = {"email": maya.email, "password": GOOD}
    assert browser.post("/sign-in?next=/profile", data=data).location == "/profile"
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert client().post(f"/sign-in?next={elsewhere}", data=data).location == "/"


def test_the_cookie_before_sign_in_is_another_after(client, maya):
    browser = client()
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = browser.get_cookie("board").value
    sign_in(browser, maya.email, GOOD)
    assert browser.get_cookie("board").value != before
    with browser.session_transaction() as session:
        assert "planted" not in session


def test_a_cookie_kept_from_before_sign_out_opens_nothing(client, maya):
    browser, thief = client(), client()
    sign_in(browser, maya.email, GOOD)
    kept = browser.get_cookie("board").value
    thief.set_cookie("board", kept)
    assert thief.get("/account").status_code == 200
    browser.post("/sign-out")
    assert thief.get("/account").status_code == 303
    assert browser.get("/account").status_code == 303


def test_signing_in_as_another_person_ends_the_first_session(client, maya, cast):
    browser = client()
    sign_in(browser, maya.email, GOOD)
    token = accounts.invite(cast.dana, cast.ruiz)
    browser.post(f"/welcome/{token}", data={"name": "Dana Whitlock", "password": OTHER})
    assert sessions.list_of(maya).count() == 0
    assert sessions.list_of(cast.dana).count() == 1


def test_password_fields_take_long_pasted_passwords(client, cast):
    browser = client()
    browser.get("/sign-in")
    (field,) = having(browser.page, "type", "password")
    assert int(field.get("maxlength")) >= 200
    assert field.get("autocomplete") == "current-password"
    assert not any(name.startswith("on") for name in field.attrib)


# -- codes and invitations


def test_a_code_leads_to_a_password_of_ones_own_and_in(client, cast):
    accounts.change(cast.maya, cast.ruiz, {"username": "mrivera"})
    code = accounts.give_code(cast.maya, cast.okafor)
    browser = client()
    assert sign_in(browser, "MRivera", code.lower()).location == "/first-password"
    assert browser.get("/account").status_code == 303, "a code alone opens nothing"
    assert browser.post("/first-password", data={"password": "password2026"}).status_code == 422
    assert browser.post("/first-password", data={"password": GOOD}).location == "/"
    assert browser.get("/account").status_code == 200
    assert sign_in(client(), "mrivera", code).status_code == 422
    assert sign_in(client(), "mrivera", GOOD).location == "/"


def test_the_page_for_a_first_password_opens_for_nobody_without_a_code(client, cast):
    assert client().get("/first-password").location == "/sign-in"
    assert client().post("/first-password", data={"password": GOOD}).location == "/sign-in"


def test_two_browsers_with_one_code_do_not_both_get_in(client, cast):
    code = accounts.give_code(cast.maya, cast.okafor)
    one, two = client(), client()
    for browser in (one, two):
        assert sign_in(browser, cast.maya.email, code).location == "/first-password"
    assert one.post("/first-password", data={"password": GOOD}).location == "/"
    assert two.post("/first-password", data={"password": OTHER}).location == "/sign-in"


def test_an_invitation_opens_once(client, cast):
    _person, token = accounts.invite_teacher("Ann Bell", "ann@example.org", cast.ruiz)
    browser = client()
    browser.get(f"/welcome/{token}")
    assert "ann@example.org" in text_of(browser.page)
    answer = browser.post(f"/welcome/{token}", data={"name": "", "password": "short"})
    assert answer.status_code == 422 and by_id(browser.page, "errors") is not None
    assert browser.post(f"/welcome/{token}", data={"name": "Ann B", "password": GOOD}).location == "/"
    assert browser.get("/students").status_code == 200
    assert client().get(f"/welcome/{token}").status_code == 404


def test_an_expired_or_invented_invitation_says_what_to_do(client, cast):
    _person, token = accounts.invite_teacher("Ann Bell", "ann@example.org", cast.ruiz)
    Key.update(expires_at=now()).execute()
    for wrong in (token, "x" * 300, "%00"):
        browser = client()
        assert browser.get(f"/welcome/{wrong}").status_code == 404
    browser = client()
    browser.get(f"/welcome/{token}")
    assert "ask the school for a new link" in text_of(browser.page)


# -- the first set-up

SET_UP = {
    "school": "Alder Falls High", "state": "OR", "time_zone": "America/Los_Angeles", "minimum_age": "15",
    "name": "Elena Ruiz", "email": "Ruiz@Example.org", "password": GOOD,
}  # fmt: skip


@pytest.fixture
def set_up_address(empty_app):
    return "/set-up/" + actions.make_key(KeyKind.SET_UP, None, None, timedelta(days=7))


def test_an_empty_board_leads_to_set_up_and_opens_once(empty_app, set_up_address):
    browser = empty_app.test_client()
    assert browser.get("/").status_code == 200
    for address in ("/projects", "/sign-in", "/people", "/settings", "/join", "/account"):
        assert empty_app.test_client().get(address).location == "/"
    assert browser.get(set_up_address).status_code == 200
    assert browser.post(set_up_address, data=SET_UP).location == "/"
    school = School.here()
    assert (school.name, school.state, school.minimum_age) == ("Alder Falls High", "OR", 15)
    assert Field.select().count() >= 17 and Skill.select().count() > 200
    assert Person.get().email == "ruiz@example.org" and Person.get().is_coordinator
    assert browser.get("/settings").status_code == 200
    for later in (browser, empty_app.test_client()):
        assert later.get(set_up_address).status_code == 404
        assert later.post(set_up_address, data=SET_UP).status_code == 404
    assert Person.select().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"school": " "}, {"state": "XX"}, {"time_zone": "Mars"}, {"minimum_age": "13"}, {"minimum_age": "x"}, {"email": "no"},
     {"password": "password2026"}, {"password": "alder falls high"}, {"name": ""}],
)  # fmt: skip
def test_set_up_keeps_what_was_typed_when_something_is_wrong(empty_app, set_up_address, wrong):
    browser = empty_app.test_client()
    assert browser.post(set_up_address, data=SET_UP | wrong).status_code == 422
    assert by_id(browser.page, "errors") is not None
    if "name" not in wrong:
        assert by_id(browser.page, "name").get("value") == "Elena Ruiz"
    assert School.here() is None and Person.select().count() == 0
    assert browser.post(set_up_address, data=SET_UP).status_code == 303


def test_a_set_up_address_is_not_guessed(empty_app, set_up_address):
    assert empty_app.test_client().get("/set-up/" + "x" * 32).status_code == 404
    Key.update(expires_at=now()).execute()
    assert empty_app.test_client().get(set_up_address).status_code == 404


def test_every_page_of_a_board_just_set_up_opens(empty_app, set_up_address):
    browser = empty_app.test_client()
    browser.post(set_up_address, data=SET_UP)
    for address in ("/account", "/people", "/students", "/settings/fields", "/settings/skills", "/people/invite"):
        assert browser.get(address).status_code == 200


# -- one's own account


def test_a_teacher_changes_their_name_and_a_student_does_not(client, maya, cast):
    """A student's name is what is kept out of applications: the school's to change."""
    assert (
        client(cast.okafor).post("/account/details", data={"name": "S. Okafor", "email": cast.okafor.email}).status_code
        == 303
    )
    assert Person.get_by_id(cast.okafor.id).name == "S. Okafor"
    browser = client(maya)
    assert browser.post("/account/details", data={"name": "Somebody Else", "email": maya.email}).status_code == 303
    assert Person.get_by_id(maya.id).name == "Maya Rivera"
    browser.get("/account")
    assert by_id(browser.page, "name") is None


def test_a_mail_address_is_changed_with_the_password(client, maya):
    browser = client(maya)
    new = {"email": "new@example.org"}
    for password in ("", "not mine"):
        assert browser.post("/account/details", data=new | {"password_for_mail": password}).status_code == 422
        assert by_id(browser.page, "email").get("value") == "new@example.org"
    assert browser.post("/account/details", data=new | {"password_for_mail": GOOD}).status_code == 303
    assert Person.get_by_id(maya.id).email == "new@example.org"


def test_a_taken_mail_address_is_said_beside_the_field(client, maya, cast):
    browser = client(maya)
    data = {"name": "Maya", "email": cast.leo.email, "password_for_mail": GOOD}
    assert browser.post("/account/details", data=data).status_code == 422
    assert "Somebody else" in words(by_id(browser.page, "email-error"))


def test_guessing_the_password_at_the_account_page_slows_down(client, maya):
    browser = client(maya)
    data = {"old_password": "wrong", "password": OTHER}
    browser.post("/account/password", data=data)
    Slowdown.update(failures=30).execute()
    assert browser.post("/account/password", data=data | {"old_password": GOOD}).status_code == 422
    assert "Too many tries" in words(by_id(browser.page, "old_password-error"))


def test_a_new_password_needs_the_old_and_ends_every_other_session(client, maya):
    here, there = client(maya), client(maya)
    assert here.post("/account/password", data={"old_password": "x", "password": OTHER}).status_code == 422
    assert here.post("/account/password", data={"old_password": GOOD, "password": "password2026"}).status_code == 422
    reset_slowdown()
    assert here.post("/account/password", data={"old_password": GOOD, "password": OTHER}).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert sign_in(client(), maya.email, GOOD).status_code == 422


def test_a_person_sees_and_ends_their_own_browsers_alone(client, maya, cast):
    here, there, leo = client(maya), client(maya), client(cast.leo)
    here.get("/account")
    assert "This one" in text_of(here.page)
    mine = SignIn.get(SignIn.person == cast.leo)
    assert here.post(f"/account/browsers/{mine.id}/end").status_code == 404
    assert here.post(f"/account/browsers/{10**30}/end").status_code == 404
    other = SignIn.select().where(SignIn.person == maya).order_by(SignIn.id.desc()).get()
    assert here.post(f"/account/browsers/{other.id}/end").status_code == 303
    assert there.get("/account").status_code == 303
    assert leo.get("/account").status_code == 200
    again = client(maya)
    assert here.post("/account/browsers/end").status_code == 303
    assert here.get("/account").status_code == 200
    assert again.get("/account").status_code == 303


# -- profile


def test_a_profile_keeps_what_a_student_says(client, cast):
    browser = client(cast.maya)
    field = Field.shown().first()
    data = {"skills": "Canva, beekeeping;\nExcel", "fields": [field.id], "adviser": cast.ruiz.id}
    assert browser.post("/profile", data=data).status_code == 303
    browser.get("/profile")
    page = browser.page
    assert (
        by_id(page, "skills").get("value")
        == "Canva, beekeeping, " + PersonSkill.select().order_by(PersonSkill.id.desc()).first().skill.name
    )
    assert [e.get("value") for e in having(page, "checked")] == [str(field.id)]
    assert Person.get_by_id(cast.maya.id).adviser_id == cast.ruiz.id
    assert "The school looks at these first: beekeeping" in text_of(page)


def test_a_profile_says_what_follows_from_the_birth_date(client, cast):
    unknown, known = client(cast.noor), client(cast.maya)
    unknown.get("/profile")
    assert "not apply yet" in text_of(unknown.page)
    known.get("/profile")
    assert "You can apply" in text_of(known.page)
    School.update(minimum_age=17).execute()
    known.get("/profile")
    assert "From 17 on you can apply" in text_of(known.page)


@pytest.mark.parametrize(
    "data",
    [{"skills": ", ".join(f"skill {n}" for n in range(41))}, {"skills": "x" * 1001}, {"skills": "y" * 61},
     {"adviser": "999999"}, {"adviser": "x"}],
)  # fmt: skip
def test_a_profile_that_cannot_be_kept_comes_back_as_typed(client, cast, data):
    browser = client(cast.maya)
    answer = browser.post("/profile", data={"skills": "Canva"} | data)
    assert answer.status_code in (422, 303)
    if answer.status_code == 422:
        assert by_id(browser.page, "skills").get("value") == data.get("skills", "Canva")
    assert PersonSkill.select().count() == (answer.status_code == 303)


def test_a_student_cannot_choose_a_student_as_adviser(client, cast):
    client(cast.maya).post("/profile", data={"skills": "", "adviser": cast.leo.id})
    assert Person.get_by_id(cast.maya.id).adviser_id == cast.okafor.id


def test_odd_numbers_of_fields_are_left_out(client, cast):
    data = {"skills": "", "fields": ["x", "-1", "9" * 40, "999999"], "adviser": ""}
    assert client(cast.maya).post("/profile", data=data).status_code == 303


# -- lists


def people_on(page):
    return {int(row.get("data-person")) for row in having(page, "data-person")}


def test_people_are_found_by_name_role_and_state(client, cast):
    browser = client(cast.ruiz)
    browser.get("/people?q=maya")
    assert people_on(browser.page) == {cast.maya.id}
    browser.get("/people?role=employer")
    assert people_on(browser.page) == {cast.dana.id, cast.omar.id, cast.nia.id}
    browser.get("/people?state=never")
    assert cast.ruiz.id not in people_on(browser.page) and cast.maya.id in people_on(browser.page)
    accounts.end_account(cast.maya, cast.ruiz)
    browser.get("/people?state=ended")
    assert people_on(browser.page) == {cast.maya.id}
    browser.get("/people")
    assert cast.maya.id not in people_on(browser.page)


@pytest.mark.parametrize(
    "query", ["q=%25", "q=_", "q=%00", "q=" + "x" * 3000, "page=-1", "page=99999999999999999999", "role=x&state=y"]
)
def test_no_address_breaks_the_lists(client, cast, query):
    assert client(cast.ruiz).get(f"/people?{query}").status_code == 200
    assert client(cast.ruiz).get(f"/students?{query}&grade=x&added=1-&added=x-y").status_code == 200


def test_lists_come_in_pages_of_fifty(client, cast):
    for _ in range(60):
        factories.make_student()
    browser = client(cast.ruiz)
    browser.get("/people?role=student")
    assert len(people_on(browser.page)) == 50
    browser.get("/people?role=student&page=2")
    assert len(people_on(browser.page)) == 13
    assert having(browser.page, "rel", "prev")[0].get("href") == "/people?role=student"


@pytest.mark.parametrize("address", ["/people", "/students"])
def test_thirty_people_cost_as_many_queries_as_three(client, cast, address):
    browser = client(cast.ruiz)
    browser.get(address)
    with count_queries() as few:
        browser.get(address)
    for _ in range(30):
        factories.make_student(adviser=cast.okafor)
        factories.make_person("employer", employer=cast.mill)
    with count_queries() as many:
        browser.get(address)
    assert len(people_on(browser.page)) > 30 and few.count == many.count


def test_searching_over_htmx_gives_the_results_alone(client, cast):
    browser = client(cast.ruiz)
    browser.piece("/people?q=leo")
    assert people_on(browser.page) == {cast.leo.id}
    assert by_id(browser.page, "main") is None


def test_a_teacher_finds_their_own_students(client, cast):
    browser = client(cast.okafor)
    browser.get("/students?mine=1")
    assert people_on(browser.page) == {cast.maya.id, cast.leo.id}
    browser.get("/students?grade=9")
    assert people_on(browser.page) == {cast.leo.id}


def test_the_list_says_whether_a_birth_date_is_known_and_never_the_date(client, cast):
    browser = client(cast.okafor)
    answer = browser.get("/students").get_data(as_text=True)
    assert "not known" in answer
    assert cast.maya.birth_date.isoformat() not in answer


# -- one person


def test_a_coordinator_changes_the_details_of_a_student(client, cast):
    browser = client(cast.ruiz)
    data = {
        "name": "Maya Rivera", "username": "MRivera", "email": "", "grade": "11", "birth_date": "5/31/2010",
        "adviser": str(cast.ruiz.id),
    }  # fmt: skip
    assert browser.post(f"/people/{cast.maya.id}", data=data).status_code == 303
    maya = Person.get_by_id(cast.maya.id)
    assert (maya.username, maya.email, maya.grade, maya.birth_date) == ("mrivera", None, 11, date(2010, 5, 31))
    assert maya.adviser_id == cast.ruiz.id
    browser.get(f"/people/{cast.maya.id}")
    assert "changed the details of Maya Rivera: username, mail address, grade, birth date, adviser" in text_of(
        browser.page
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"birth_date": f"{date.today().year - 12}-12-31"}, "birth_date"), ({"birth_date": "31.5.2010"}, "birth_date"),
        ({"username": "a b"}, "username"), ({"email": "x@y"}, "email"), ({"name": ""}, "name"), ({"name": "  "}, "name"),
        ({"grade": "13"}, "grade"), ({"email": "", "username": ""}, "email"), ({"adviser": "999999"}, "adviser"),
    ],
)  # fmt: skip
def test_details_that_cannot_be_kept_come_back_as_typed_with_the_reason_beside_them(client, cast, wrong, field):
    browser = client(cast.ruiz)
    data = {"name": "Maya New", "username": "mnew", "email": "m@example.org", "grade": "11", "birth_date": ""}
    assert browser.post(f"/people/{cast.maya.id}", data=data | {"adviser": ""} | wrong).status_code == 422
    assert by_id(browser.page, f"{field}-error") is not None
    if field not in ("name", "adviser", "grade"):
        assert by_id(browser.page, field).get("value") == wrong[field]
    assert Person.get_by_id(cast.maya.id).name == "Maya Rivera"


def test_a_new_link_and_a_new_code_are_shown_once(client, cast):
    browser = client(cast.ruiz)
    answer = browser.post(f"/people/{cast.dana.id}/link")
    assert answer.headers["Cache-Control"] == "no-store"
    link = by_id(browser.page, "link").get("value")
    assert link.startswith("http://127.0.0.1:8000/welcome/")
    assert by_id(browser.page, "name").get("value") == "Dana Whitlock"
    browser.get(f"/people/{cast.dana.id}")
    assert by_id(browser.page, "link") is None
    browser.post(f"/people/{cast.maya.id}/code")
    code = words(by_id(browser.page, "made-code"))
    assert sign_in(client(), cast.maya.email, code).location == "/first-password"
    assert client().get("/welcome/" + link.rsplit("/", 1)[1]).status_code == 200


def test_a_coordinator_has_no_button_for_their_own_code(client, cast):
    browser = client(cast.ruiz)
    browser.get(f"/people/{cast.ruiz.id}")
    assert not [e for e in having(browser.page, "action") if e.get("action").endswith("/code")]
    assert browser.post(f"/people/{cast.ruiz.id}/code").status_code == 403


def test_the_last_coordinator_is_told_why_not(client, cast):
    browser = client(cast.ruiz)
    for verb in ("role", "close"):
        assert browser.post(f"/people/{cast.ruiz.id}/{verb}", data={"role": "teacher"}).status_code == 422
        assert "only coordinator" in words(by_id(browser.page, "errors"))
    actions.set_password(cast.okafor, GOOD)
    browser.post(f"/people/{cast.okafor.id}/role", data={"role": "coordinator"})
    assert browser.post(f"/people/{cast.ruiz.id}/role", data={"role": "teacher"}).location == "/"
    assert browser.get("/people").status_code == 403


def test_an_account_is_closed_and_opened_again(client, cast):
    maya, browser = client(cast.maya), client(cast.ruiz)
    assert browser.post(f"/people/{cast.maya.id}/close").status_code == 303
    assert maya.get("/profile").status_code == 303
    browser.get(f"/people/{cast.maya.id}")
    assert "closed the account of Maya Rivera" in text_of(browser.page)
    assert browser.post(f"/people/{cast.maya.id}/code").status_code == 403
    browser.post(f"/people/{cast.maya.id}/reopen")
    assert Person.get_by_id(cast.maya.id).ended_at is None


def test_a_coordinator_signs_somebody_out(client, cast):
    maya, browser = client(cast.maya), client(cast.ruiz)
    assert browser.post(f"/people/{cast.maya.id}/sign-out").status_code == 303
    assert maya.get("/profile").status_code == 303


def test_a_history_tells_every_kind_of_step_in_words_and_in_few_queries(client, cast):
    browser = client(cast.ruiz)
    address = f"/people/{cast.dana.id}"
    factories.make_application("accepted", factories.make_posting(employer=cast.cedar, title="Poster"), cast.maya)
    browser.get(address)
    with count_queries() as few:
        browser.get(address)
    for _ in range(8):
        factories.make_posting("closed", employer=cast.cedar, title="Another poster")
    with count_queries() as many:
        browser.get(address)
    assert few.count == many.count
    assert "Poster" in text_of(browser.page)
    for person in (cast.maya, cast.okafor, cast.ruiz):
        assert browser.get(f"/people/{person.id}").status_code == 200


# -- invitations


INVITE = {"role": "teacher", "name": "Ann Bell", "email": "ann@example.org"}


def test_an_invitation_shows_its_link_once(client, cast):
    browser = client(cast.ruiz)
    answer = browser.post("/people/invite", data=INVITE)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    link = by_id(browser.page, "link").get("value")
    assert "14 days" in text_of(browser.page)
    assert having(browser.page, "data-copy", "#link")
    assert client().get("/welcome/" + link.rsplit("/", 1)[1]).status_code == 200


def test_inviting_for_a_new_employer_leaves_it_unchecked_unless_ticked(client, cast):
    browser = client(cast.ruiz)
    data = INVITE | {"role": "employer", "new_employer": "Hill Farm"}
    browser.post("/people/invite", data=data)
    assert "not checked yet" in text_of(browser.page)
    assert Employer.get(Employer.name == "Hill Farm").state == "unverified"
    data = INVITE | {"role": "employer", "new_employer": "Reed Books", "email": "al@example.org", "checked": "y"}
    browser.post("/people/invite", data=data)
    assert Employer.get(Employer.name == "Reed Books").state == "verified"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": ""}, "role"), ({"role": "coordinator"}, "role"), ({"name": ""}, "name"), ({"email": "x"}, "email"),
        ({"role": "employer"}, "employer"), ({"role": "employer", "employer": "999999"}, "employer"),
        ({"role": "employer", "new_employer": "Cedar Print"}, "new_employer"),
        ({"role": "employer", "new_employer": "Hill", "employer": "1"}, "employer"),
    ],
)  # fmt: skip
def test_an_invitation_that_cannot_be_made_keeps_what_was_typed(client, cast, wrong, field):
    browser = client(cast.ruiz)
    before = Person.select().count()
    assert browser.post("/people/invite", data=INVITE | wrong).status_code == 422
    assert by_id(browser.page, f"{field}-error") is not None
    if field != "name":
        assert by_id(browser.page, "name").get("value") == "Ann Bell"
    assert Person.select().count() == before


def test_somebody_who_is_here_is_not_invited_twice(client, cast):
    browser = client(cast.ruiz)
    assert browser.post("/people/invite", data=INVITE | {"email": cast.maya.email}).status_code == 422
    assert "Somebody else has this mail address" in words(by_id(browser.page, "email-error"))


# -- students and slips


def slips_on(page):
    slips = {int(slip.get("data-slip")): slip for slip in having(page, "data-slip")}
    return {
        number: words(next(e for e in slip.iter() if e.get("class") == "slip-code")) for number, slip in slips.items()
    }


def test_a_student_is_added_and_the_slip_printed(client, cast):
    browser = client(cast.ruiz)
    data = {"name": "Ivy Cole", "username": "", "email": "", "grade": "9", "birth_date": "", "adviser": ""}
    answer = browser.post("/students/new", data=data)
    assert answer.status_code == 303 and "added=" in answer.location
    browser.get(answer.location)
    ivy = Person.get(Person.name == "Ivy Cole")
    assert people_on(browser.page) == {ivy.id}
    answer = browser.post("/students/slips", data={"added": f"{ivy.id}-{ivy.id}", "all": "1"})
    assert answer.headers["Cache-Control"] == "no-store"
    slip = text_of(browser.page)
    for told in ("Lincoln High School", "127.0.0.1:8000", "icole"):
        assert told in slip
    assert sign_in(client(), "icole", slips_on(browser.page)[ivy.id]).location == "/first-password"


def test_a_student_that_cannot_be_added_comes_back_as_typed(client, cast):
    browser = client(cast.ruiz)
    data = {"name": "Too Young", "birth_date": f"{date.today().year - 12}-12-31", "grade": "", "adviser": ""}
    assert browser.post("/students/new", data=data).status_code == 422
    assert by_id(browser.page, "name").get("value") == "Too Young"
    assert "under 13" in words(by_id(browser.page, "birth_date-error"))
    assert not Person.select().where(Person.name == "Too Young").exists()


def test_slips_are_for_those_ticked_or_a_whole_grade(client, cast):
    browser = client(cast.okafor)
    browser.post("/students/slips", data={"student": [cast.maya.id, cast.dana.id, "x", "9" * 30]})
    assert set(slips_on(browser.page)) == {cast.maya.id}
    browser.post("/students/slips", data={"grade": "9", "all": "1"})
    assert set(slips_on(browser.page)) == {cast.leo.id}
    browser.post(f"/students/{cast.noor.id}/slip", data={"student": [cast.maya.id]})
    assert set(slips_on(browser.page)) == {cast.noor.id}
    assert browser.post(f"/students/{cast.dana.id}/slip").status_code == 404
    assert browser.post("/students/slips", data={}).status_code == 303


def test_slips_are_never_had_by_reading_an_address(client, cast):
    assert client(cast.okafor).get("/students/slips").status_code == 405


def test_a_hundred_slips_cost_as_many_queries_as_three(client, cast):
    browser = client(cast.okafor)
    browser.post("/students/slips", data={"all": "1"})
    with count_queries() as few:
        browser.post("/students/slips", data={"all": "1"})
    for _ in range(97):
        factories.make_student()
    with count_queries() as many:
        browser.post("/students/slips", data={"all": "1"})
    assert len(slips_on(browser.page)) == 100
    assert few.count == many.count


# -- class lists


LIST = "name,username,grade,birth date\nIvy Cole,icole,9,2011-02-03\nToo Young,tyoung,9,{year}-12-31\n"


def paste(browser, text, **more):
    return browser.post("/students/import", data={"text": text} | more)


def folded(text):
    return " ".join(text.split())


def test_a_list_is_shown_before_anything_happens_then_taken(client, cast):
    browser = client(cast.ruiz)
    text = LIST.format(year=date.today().year - 12)
    before = Person.select().count()
    assert paste(browser, text).status_code == 200
    assert [e.get("data-line") for e in having(browser.page, "data-kind", "add")] == ["2"]
    assert "under 13" in words(having(browser.page, "data-kind", "refused")[0])
    assert Person.select().count() == before
    kept = {e.get("name"): e.get("value") for e in having(browser.page, "type", "hidden")}
    answer = paste(browser, kept["text"], mark=kept["mark"])
    assert answer.status_code == 303
    assert Person.select().count() == before + 1
    browser.get(answer.location)
    assert people_on(browser.page) == {Person.get(Person.username == "icole").id}


def test_a_list_that_changed_in_between_is_shown_again(client, cast):
    browser = client(cast.ruiz)
    text = "name,username\nIvy Cole,icole"
    paste(browser, text)
    mark = having(browser.page, "name", "mark")[0].get("value")
    factories.make_student(username="icole")
    assert paste(browser, text, mark=mark).status_code == 422
    assert "Something has changed" in words(by_id(browser.page, "errors"))
    assert words(by_id(browser.page, "text")) == folded(text)
    assert len(having(browser.page, "data-kind", "change")) == 1


@pytest.mark.parametrize(
    "text", ["", "Ivy Cole\nBen Ward", "name\n\x00x", 'name\n"Ivy', "name\n<script>alert(1)</script>"]
)
def test_no_list_breaks_the_page_and_what_was_pasted_stays(client, cast, text):
    browser = client(cast.ruiz)
    answer = paste(browser, text)
    assert answer.status_code in (200, 422)
    assert words(by_id(browser.page, "text")) == folded(text.replace("\x00", ""))


def test_a_list_larger_than_a_megabyte_is_refused_with_a_page_that_helps(client, cast):
    browser = client(cast.ruiz)
    assert paste(browser, "name\n" + "x" * 1_100_000).status_code == 413
    assert "1 MB" in text_of(browser.page)


def test_two_thousand_students_go_through_the_pages(client, cast):
    browser = client(cast.ruiz)
    rows = (f"Student Number{i},{9 + i % 4},s{i}@students.example.org" for i in range(2000))
    text = "name,grade,email\n" + "\n".join(rows)
    assert paste(browser, text).status_code == 200
    mark = having(browser.page, "name", "mark")[0].get("value")
    assert paste(browser, text, mark=mark).status_code == 303
    assert Person.select().where(Person.role == "student").count() == 2003


def test_the_day_a_code_ends_is_on_the_slip(client, cast):
    browser = client(cast.okafor)
    browser.post(f"/students/{cast.maya.id}/slip")
    assert str((today() + timedelta(days=14)).day) in text_of(browser.page)
