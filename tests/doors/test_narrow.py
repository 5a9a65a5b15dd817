"""Links in mails that open one thing: what they open, what they never open, and when they die."""

import re
from datetime import timedelta

import pytest
from werkzeug.routing import IntegerConverter

from board import access, notices
from board.doors import scopes
from board.mail import links
from board.people import accounts, narrow, sessions
from board.people.model import Person, SignIn
from board.placements import messages_actions
from board.placements.model import Message
from board.reports import case_actions
from board.reports.model import About, Report
from board.school.model import School
from tests import factories
from tests.doors.letters import body, posted
from tests.inspector import by_id, having, text_of


def path_of(person, path: str) -> str:
    return re.sub(r"^https?://[^/]+", "", links.to(person, path))


@pytest.fixture
def board(cast):
    """Two postings of Dana's with an applicant each, and one that came back."""
    cast.posting = factories.make_posting("open", cast.cedar, title="Window lettering")
    cast.other = factories.make_posting("open", cast.cedar, title="Menu cards")
    cast.asked = factories.make_posting("changes_requested", cast.cedar, title="Price list")
    cast.application = factories.make_application("submitted", cast.posting, cast.maya)
    cast.elsewhere = factories.make_application("submitted", cast.other, cast.leo)
    return cast


def open_link(browser, person, path: str):
    address = path_of(person, path)
    browser.get(address)
    return browser.post(address)


# -- which route is open in which scope


# by scope: the routes that are open, with the values they are open for
OPEN = {
    "applicants": {
        ("applicants.of", "own"), ("applicants.show", "own"), ("applicants.make_move", "own"),
        ("reports.new:posting", "own"), ("reports.new:application", "own"),
    },
    "posting": {
        ("desk.edit", "own"), ("desk.preview", "own"), ("desk.save", "own"), ("desk.move:submit", "own"),
        ("desk.move:comment", "own"), ("desk.move:take_back", "own"), ("desk.move:take_back_change", "own"),
        ("desk.hourly", "own"), ("desk.markdown", "own"), ("skills.suggest", "own"),
        ("reports.new:posting", "own"), ("reports.new:thread", "own"),
        # these are about no posting
        ("desk.hourly", "other"), ("desk.markdown", "other"), ("skills.suggest", "other"),
    },
    # all that is done on the page of a placement by its employer, but ending it early
    "placement": {
        ("check_ins.answer", "own"), ("closing.close_small", "own"), ("feedback.give", "own"),
        ("handing.accept", "own"), ("handing.download", "own"), ("handing.send_back", "own"),
        ("hours.confirm", "own"), ("hours.query", "own"), ("match.paper", "own"), ("match.sign", "own"),
        ("match.terms", "own"), ("messages.write", "own"), ("payments.change_sum", "own"),
        ("payments.paid", "own"), ("payments.settle", "own"), ("placements.show", "own"), ("plan.dates", "own"),
        ("plan.mark", "own"), ("plan.save", "own"), ("plan.start", "own"),
        ("reports.new:placement", "own"), ("reports.new:message", "own"),
    },
}  # fmt: skip
MOVES = ("submit", "comment", "take_back", "take_back_change", "pause", "resume", "close", "copy", "delete")


@pytest.mark.parametrize("scope", list(OPEN))
def test_every_route_in_every_scope(app, board, scope):
    """Route x scope x whose: what is open is exactly what is written here."""
    found, names = set(), {"desk.move": MOVES, scopes.REPORT: [*About]}
    placed = [factories.make_placement(posting=factories.make_posting("open", board.cedar)) for _ in range(2)]
    words = [Message.create(placement=one, words="Hm.") for one in placed]
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    for whose, posting, application, placement, message in (
        ("own", board.posting.id, board.application.id, placed[0].id, words[0].id),
        ("other", board.other.id, board.elsewhere.id, placed[1].id, words[1].id),
        ("nothing", *[999_999] * 4),
    ):
        about = {
            "posting": posting, "thread": posting, "application": application, "placement": placement, "message": message,
        }  # fmt: skip
        args = {"posting_id": posting, "application_id": application, "placement_id": placement, "move": "offer"}
        number = placed[0].id if scope == "placement" else board.posting.id
        for rule in rules:
            view = app.view_functions[rule.endpoint]
            if scope == "placement" and not access.may_open(view, board.dana, True):
                continue  # asked by `access` beside the scope
            for name in names.get(rule.endpoint, ("",)):
                values = {key: value for key, value in args.items() if key in rule.arguments or scope != "placement"}
                values |= {"name": name} if name else {}
                values |= {"about": name, "number": about.get(name, posting)} if rule.endpoint == scopes.REPORT else {}
                if scopes.allows(f"{scope} {number}", rule.endpoint, values, {"draft": str(posting)}):
                    found.add((rule.endpoint + (f":{name}" if name else ""), whose))
    assert {one for one in found if one[1] != "nothing"} == OPEN[scope]
    assert {name for name, whose in found if whose == "nothing"} <= {"desk.hourly", "desk.markdown", "skills.suggest"}


def test_outside_of_its_scope_a_narrow_sign_in_is_nobody_on_every_route_there_is(app, client, board):
    """By GET and POST, on a closed and an open board: the same answer as a visitor's."""
    outside = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint not in ("static", "people.sign_out", "home.language")
    ]
    scope, tried = f"applicants {board.posting.id}", 0
    for is_open in (False, True):
        School.update(open_to_visitors=is_open).execute()
        for rule in outside:
            if rule.endpoint in scopes.OPENS["applicants"]:
                continue
            address = address_of(rule)
            for method in rule.methods & {"GET", "POST"}:
                narrow_one, visitor = client(), client()
                with narrow_one.session_transaction() as session:
                    session["_user_id"], session["_fresh"] = sessions.begin(board.dana, "Test", scope), True
                got = narrow_one.open(address, method=method)
                expected = visitor.open(address, method=method)
                place = (got.location or "").replace("/sign-in/link", "/sign-in")
                assert (got.status_code, place) == (
                    expected.status_code, (expected.location or "").replace("/sign-in/link", "/sign-in"),
                ), (rule, method)  # fmt: skip
                assert board.dana.name not in got.text
                tried += 1
    assert tried > 200


def address_of(rule) -> str:
    address = rule.rule
    for name, converter in rule._converters.items():
        value = "1" if isinstance(converter, IntegerConverter) else {"about": "posting"}.get(name, "nothing-here")
        address = re.sub(rf"<(?:[^<>]*:)?{name}>", value, address)
    return address


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/employer/postings/{posting}/applicants", "applicants {posting}"),
        ("/employer/postings/{posting}/applicants?state=new", "applicants {posting}"),
        ("/employer/applicants/{application}", "applicants {posting}"),
        ("/employer/postings/{posting}", "posting {posting}"),
        ("/employer/postings/{posting}#talk", "posting {posting}"),
        ("/placements/7", "placement 7"), ("/placements/7#messages", "placement 7"), ("/placements/7/end", ""),
        ("/placements", ""), ("/messages", ""),
        ("/employer/applicants/999999", ""), ("/employer/applicants", ""), ("/employer/postings", ""),
        ("/employer/postings/new", ""), ("/employer/postings/{posting}/close", ""), ("/employer", ""), ("/", ""),
        ("/account", ""), ("/notices", ""), ("/employer/postings/{posting}/applicants/../../x", ""),
        ("https://evil.example/employer/postings/{posting}", ""),
    ],
)  # fmt: skip
def test_what_a_page_in_a_mail_opens(app, board, path, scope):
    values = {"posting": board.posting.id, "application": board.application.id}
    assert scopes.scope_of(path.format(**values)) == scope.format(**values)


# -- the link


def test_an_employer_answers_an_applicant_from_a_mail_without_a_password(client, board):
    dana = client()
    address = path_of(board.dana, f"/employer/applicants/{board.application.id}")
    assert address.startswith("/m/")
    dana.get(address)
    assert "mailed to Dana Whitlock of Cedar Print" in text_of(dana.page)
    assert not SignIn.select().exists(), "looking signs nobody in"
    answer = dana.post(address)
    assert answer.location == f"/employer/applicants/{board.application.id}"
    dana.get(answer.location)
    assert f"Student {board.application.code}" in text_of(dana.page)
    assert board.maya.name not in text_of(dana.page)
    assert not having(dana.page, "class", "bell")
    moved = dana.post(f"/employer/applicants/{board.application.id}/shortlist", follow_redirects=True)
    assert moved.status_code == 200
    assert type(board.application).get_by_id(board.application.id).state == "shortlisted"
    assert dana.get(f"/employer/postings/{board.posting.id}/applicants").status_code == 200


def test_an_employer_answers_a_teacher_and_sends_again_from_a_mail(client, board):
    dana, here = client(), f"/employer/postings/{board.asked.id}"
    dana.get(open_link(dana, board.dana, here).location)
    assert by_id(dana.page, "title").get("value") == "Price list"
    assert dana.post(f"{here}/comment", data={"words": "By check."}).status_code == 303
    saved = dana.post("/employer/postings/save", data={"draft": board.asked.id, "paid_how": "By check."})
    assert saved.status_code == 200
    other = dana.post("/employer/postings/save", data={"draft": board.other.id, "paid_how": "Not at all."})
    assert other.location.startswith("/sign-in/link")
    assert dana.post("/employer/postings/save", data={"title": "A new one"}).location.startswith("/sign-in/link")
    assert dana.post(f"{here}/submit").status_code == 303
    assert type(board.asked).get_by_id(board.asked.id).state == "submitted"
    assert type(board.other).get_by_id(board.other.id).paid_how != "Not at all."


def test_the_rest_of_the_account_asks_to_sign_in_by_mail_and_says_why(client, board):
    dana = client()
    open_link(dana, board.dana, f"/employer/postings/{board.posting.id}/applicants")
    for address in (
        "/account",
        "/employer",
        f"/employer/postings/{board.posting.id}",
        f"/employer/applicants/{board.elsewhere.id}",
    ):
        answer = dana.get(address)
        assert (answer.status_code, answer.location) == (303, f"/sign-in/link?next={address}")
    dana.get("/sign-in/link?next=/account")
    assert "opened the applicants of one posting and nothing else" in text_of(dana.page)
    assert by_id(dana.page, "email").get("value") == board.dana.email
    answer = dana.get("/account", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in/link")


def test_who_is_signed_in_goes_straight_on_and_stays_signed_in_whole(client, board):
    dana, here = client(board.dana), f"/employer/postings/{board.posting.id}/applicants"
    assert dana.get(path_of(board.dana, here)).location == here
    assert dana.get("/account").status_code == 200


def test_somebody_else_who_is_signed_in_is_asked_first(client, board):
    omar, address = client(board.omar), path_of(board.dana, f"/employer/postings/{board.posting.id}")
    omar.get(address)
    assert "Omar Said is signed in here" in text_of(omar.page)
    assert omar.get("/account").status_code == 200


@pytest.mark.parametrize("what", ["closed", "another address", "two weeks", "made up", "of another board"])
def test_a_link_dies(client, board, monkeypatch, what):
    address = path_of(board.dana, f"/employer/postings/{board.posting.id}/applicants")
    if what == "closed":
        accounts.end_account(board.dana, board.ruiz)
    elif what == "another address":
        accounts.change(board.dana, board.ruiz, {"email": "dana.w@example.org"})
    elif what == "two weeks":
        monkeypatch.setattr(narrow, "LASTS", timedelta(seconds=-1))
    elif what == "made up":
        address = address[:-2] + ("aa" if address[-2:] != "aa" else "bb")
    else:
        monkeypatch.setattr(narrow.pepper, "value", b"the secret of another board")
    browser = client()
    for answer in (browser.get(address), browser.post(address)):
        assert answer.status_code == 404
    assert "too old" in text_of(browser.page)
    assert not SignIn.select().exists()


def test_a_link_is_made_for_employers_alone_and_for_what_they_can_do_on_one_page(app, board):
    here = f"/employer/postings/{board.posting.id}/applicants"
    for person in (board.maya, board.okafor, board.ruiz, None):
        assert links.to(person, here).endswith(here)
    assert links.to(board.dana, "/notices").endswith("/notices")


def test_a_notice_by_mail_leads_to_the_applicant_and_names_nobody(client, board, settings):
    notices.deliver()
    told = [
        one for one in posted(settings) if one["To"] == board.dana.email and board.application.code in one.as_string()
    ]
    words = body(told[0])
    path = next(word for word in words.split() if "/m/" in word).partition("127.0.0.1:8000")[2]
    dana = client()
    assert dana.post(path).location == f"/employer/applicants/{board.application.id}"
    assert dana.get(path).location == f"/employer/applicants/{board.application.id}", "the same mail, once more"
    for secret in (board.maya.name, "Maya", "Rivera", board.maya.email):
        assert secret not in words + body(told[0], "html")


def test_a_link_about_somebody_elses_posting_opens_nothing_of_it(client, board):
    """Such a link is never mailed; and signed or not, the page asks whose it is."""
    omar = client()
    answer = open_link(omar, board.omar, f"/employer/postings/{board.posting.id}/applicants")
    assert omar.get(answer.location).status_code == 404
    assert Person.get_by_id(board.omar.id).employer_id != board.posting.employer_id


@pytest.mark.parametrize(
    ("endpoint", "opens"),
    [
        ("hours.confirm", True), ("handing_in.accept", True), ("closing.rate", True), ("plan.send", True),
        ("placements.end", False), ("ending.end_early", False), ("closing.end_early", False), ("ending.ask", False),
        (None, False),
    ],
)  # fmt: skip
def test_a_mail_opens_the_parts_of_a_placement_to_come_but_not_its_end(endpoint, opens):
    assert scopes.allows("placement 7", endpoint, {"placement_id": 7}, {}) == opens
    assert not scopes.allows("placement 7", endpoint, {"placement_id": 70}, {})
    assert not scopes.allows("placement 7", endpoint, {}, {}) and not scopes.allows("placement 7", endpoint, None, {})


def test_a_letter_about_a_placement_opens_its_page_and_nothing_else(client, board, settings):
    placement = factories.make_placement("active", factories.make_posting("open", board.cedar), board.maya)
    other = factories.make_placement("active", factories.make_posting("open", board.cedar), board.leo)
    for one in (placement, other):
        factories.say_yes(one)
    notices.deliver()
    posted(settings)
    messages_actions.write(placement, board.maya, "Good morning!")
    notices.deliver()
    (told,) = [one for one in posted(settings) if one["To"] == board.dana.email and "A new message" in body(one)]
    path = next(word for word in body(told).split() if "/m/" in word).partition("127.0.0.1:8000")[2]
    dana, here = client(), f"/placements/{placement.id}"
    dana.get(path)
    assert "the page of one student’s project" in text_of(dana.page)
    assert dana.post(path).location == f"{here}#messages"
    dana.get(here)
    assert "Good morning!" in text_of(dana.page)
    assert dana.post(f"{here}/messages", data={"words": "Good morning to you."}).status_code == 303
    for address in (f"/placements/{other.id}", "/messages", "/employer", f"/employer/postings/{placement.posting.id}"):
        assert dana.get(address).location.startswith("/sign-in/link"), address
    assert dana.post(f"/placements/{other.id}/messages", data={"words": "Hm."}).location.startswith("/sign-in/link")
    assert dana.post(f"{here}/messages/1/pass").status_code == 403
    omar = client()
    assert omar.get(open_link(omar, board.omar, here).location).status_code == 404


# -- something felt wrong


def flags(page) -> set[str]:
    return {one.get("href") for one in page.iter("a") if (one.get("href") or "").startswith("/report/")}


def test_whoever_is_let_in_by_a_mail_says_that_something_felt_wrong_from_every_page_of_it(client, board):
    """Each button of each page, and the foot of the page, without signing in."""
    placement = factories.make_placement("active", factories.make_posting("open", board.cedar), board.maya)
    factories.say_yes(placement)
    word = messages_actions.write(placement, board.maya, "I know where you live.")
    desk, other = f"/employer/postings/{board.posting.id}", factories.make_report("posting", board.other.id, board.dana)
    for pages, expected in (
        ((f"{desk}/applicants", f"/employer/applicants/{board.application.id}"),
         {("posting", board.posting.id), ("application", board.application.id)}),
        ((desk, f"{desk}/preview"), {("posting", board.posting.id), ("thread", board.posting.id)}),
        ((f"/placements/{placement.id}",), {("placement", placement.id), ("message", word.id)}),
    ):  # fmt: skip
        dana, found = client(), set()
        open_link(dana, board.dana, pages[0])
        for page in pages:
            assert dana.get(page).status_code == 200
            assert {"/report"} & {one.get("href") for one in dana.page.iter("a")} == set(), "it asks for a sign-in"
            found |= flags(dana.page)
        assert found == {f"/report/{about}/{number}" for about, number in expected}
        for address in found:
            assert dana.get(address).status_code == 200
            assert "A link in a mail to Dana Whitlock has opened this window" in text_of(dana.page)
            assert dana.post(address, data={"words": "It frightens me."}).location == address
            dana.get(address)
            assert "It has arrived" in text_of(dana.page)
        outside = f"/report/posting/{other.number}"
        assert dana.get(outside).location.startswith("/sign-in/link")
        assert dana.post(outside, data={}).location.startswith("/sign-in/link")
        said = Report.select().where(Report.id != other.id, Report.words == "It frightens me.")
        assert {(one.about, one.number) for one in said} >= expected
        assert {(one.person_id, one.by) for one in said} == {(board.dana.id, "employer")}


def test_what_such_a_window_answers_does_not_depend_on_whom_a_case_of_before_names(client, board):
    """Else whoever a mail was forwarded to reads from who looks after it whom it is about."""
    School.update(safety_person=board.okafor.id, safety_backup=board.ruiz.id).execute()
    pages = []
    for application, named in ((board.application, ()), (board.elsewhere, [board.okafor.id])):
        if named:
            factories.make_report("application", application.id, board.dana, "Never alone with him again.", named=named)
        forwarded, address = client(), f"/report/application/{application.id}"
        open_link(forwarded, board.dana, f"/employer/applicants/{application.id}")
        forwarded.get(address)
        assert f"It goes to {board.okafor.name}, {board.ruiz.name} at once" in text_of(forwarded.page)
        forwarded.post(address, data={})
        forwarded.get(address)
        (said,) = [text_of(one) for one in having(forwarded.page, "data-case")]
        assert "It has arrived" in said
        pages.append(said)
    assert pages[0] == pages[1]


def test_whoever_is_let_in_by_a_mail_reads_nothing_of_what_was_said_by_hand_of_the_account(client, board):
    """A mail is forwarded, perhaps to the very colleague it is about."""
    address = f"/report/application/{board.application.id}"
    case = factories.make_report("application", board.application.id, board.dana, "It is my colleague Rosa.")
    case_actions.look(case, board.ruiz)
    case_actions.say_to_reporter(case, board.ruiz, "Come by at three.")
    forwarded = client()
    open_link(forwarded, board.dana, f"/employer/applicants/{board.application.id}")
    secrets = ("Rosa", "Come by at three", "Thank you for telling us", "opened, ", "looks after it", "looked into")
    forwarded.get(address)
    assert "Press the button: that is enough" in text_of(forwarded.page)
    assert not [one for one in secrets if one in text_of(forwarded.page)]
    forwarded.post(address, data={"words": "More of it."})
    assert Report.get_by_id(case.id).words == "It is my colleague Rosa.\n\nMore of it.", "one case, added to"
    forwarded.get(address)
    secrets = ("Rosa", "Come by at three", "More of it.", "opened, ", "looks after it")
    assert not [one for one in secrets if one in text_of(forwarded.page)]
    case_actions.close(case, board.ruiz, "settled", said="All is well.")
    forwarded.get(address)
    assert not [one for one in ("All is well", "closed it", "Rosa") if one in text_of(forwarded.page)]
    dana = client(board.dana)
    dana.get(address)
    assert "Come by at three" in text_of(dana.page) and "All is well." in text_of(dana.page)


def test_the_account_page_says_which_browsers_came_by_a_mail(client, board):
    open_link(client(), board.dana, f"/employer/postings/{board.posting.id}")
    dana = client(board.dana)
    dana.get("/account")
    assert "opens only: one posting" in text_of(dana.page)
