"""Every page for everybody who may open it, in every state: axe on a desk in light and on a phone in dark, and no
sideways scroll at 320 pixels.

The pages come from the app's own map of addresses, so that a new page cannot be forgotten: one that takes a number
and is not in `places` fails, and so does one that nobody could look at.
"""

from collections import defaultdict
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from board import access
from board.config import Settings
from board.db import database
from board.guardians.model import Guardian
from board.mail import links
from board.people import actions, sessions
from board.people.model import KeyKind
from board.school.model import School
from tests.browser.busy import make_busy_board
from tests.browser.conftest import DESK, EVERYTHING, LOOKS, NARROW, PHONE, cookie, heard, serving, violations
from tests.conftest import SECRET, make_cast, start

ROLES = ("visitor", "student", "teacher", "coordinator", "employer")
# no page of their own: what is asked for from within a page, and an answer for machines
NO_PAGES = {
    "static",
    "home.health",
    "skills.suggest",
    "postings.suggestions",
    "postings.feed",
    "postings.open_search",
    "portfolio.export",
    "audit.take_out",
    "own_record.file",
    "records.file_of",
    "home_records.file",
    "disclosed.table_of",
    "disclosed.own_table",
    "breach.file",
    "handing.download",
    "public.credential",
    "calendar.feed",
    "issuer.profile",
    "issuer.all_keys",
    "issuer.one_key",
    "desk.hourly",
    "review.viewers",
    "review.following",
    "reports.all",
}
# what these need is a session in the middle of something; see the tests that follow
APART = {"people.first_password", "people.set_up", "doors.address", "match.own_yes"}
SHOWN = (200, 404, 410, 422)  # a page came, whatever it says
TOOL = Axe()
# what else axe asks is answered by the markup alone, which is the same on a phone as on a desk
OF_THE_WINDOW = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
VISIBLE = (
    "() => { window.onDesk = new Set([...document.querySelectorAll('body *')].filter(one => one.checkVisibility())); }"
)
# outermost elements that only a phone shows
ON_PHONE_ALONE = """() => [...document.querySelectorAll("body *")].filter(
  one => one.checkVisibility() && !window.onDesk.has(one) && window.onDesk.has(one.parentElement)
).map(one => one.outerHTML)"""

# what becomes of a search, and what says so on its page
SEARCHES = {
    "page=2": 'rel="prev"',
    "field=marketing&hours=5&place=remote&first=1&may=1": 'id="drop-first-1"',
    "q=psoter": 'id="as-typed"',  # put right
    "q=label+menu": 'id="some-words"',  # one has both of the words, the others have one
    "q=psoter&verbatim=1": 'id="did-you-mean"',  # nothing found, and what was perhaps meant
    "q=nothing+is+so&field=marketing&hours=5": 'data-drop="words"',  # nothing found; and what is close
}
# more states of pages that take no number, and who looks at them; what is in braces is asked of the board
QUERIES = {
    "postings.projects": ("student", tuple(SEARCHES)),
    "desk.fit": ("employer", ("thing=yes&short=no&doable=yes&fair=no", "thing=yes")),
    "employers.all": ("coordinator", ("state=refused", "look=ends", "look=no-references")),
    "review.desk": ("teacher", ("field=sales", "all=1")),
    "desk.new": ("employer", ("q=nothing+is+called+so", "field=sales")),
    "sharing.board": ("teacher", ("new=1", "field=farming-animals")),
    "sharing.poster": ("teacher", ("field=design-media&language=es",)),
    "starters.all": ("coordinator", ("q=nothing+is+called+so",)),
    "roster.students": ("teacher", ("q=nobody+is+called+so",)),
    "breach.helper": (
        "coordinator",
        (
            "first=2026-01-01&last=2099-01-01",
            "first=2026-01-01&last=2025-01-01",
            "first=2026-01-01&last=2099-01-01&account={board.dana.email}",
        ),
    ),
    "roster.people": ("coordinator", ("q=nobody+is+called+so",)),
    "school.skills": ("coordinator", ("q=nothing+is+called+so",)),
    "audit.trail": ("coordinator", ("who=nobody+is+called+so", "kind=refused")),
    "search_words.all": ("coordinator", ("q=nothing+is+called+so", "removed={board.words_removed.id}")),
}


def places(board) -> dict[str, list[tuple[str, str]]]:
    """Addresses of pages that take a number: (who looks, address) by endpoint."""
    postings, applications = board.postings, board.applications
    own = [
        *postings.values(),
        board.begun,
        board.with_starter,
        board.changed,
        board.returned,
        board.pulled,
        board.reported,
        board.pitched,
    ]
    read = [*(one for state, one in postings.items() if state != "draft"), board.changed, board.pulled]
    invitation = board.invitation
    return {
        "people.welcome": [("visitor", f"/welcome/{invitation}"), ("visitor", "/welcome/gone")],
        "doors.come_in": [("visitor student", board.doors["in"]), ("visitor", board.doors["used in"]), ("visitor", "/in/nothing")],
        "doors.confirm": [
            *(("visitor", board.doors[name]) for name in ("new", "taken", "elsewhere", "done", "late")),
            ("employer", board.doors["new"]), ("student", board.doors["taken"]),
        ],
        "doors.act": [("visitor teacher", board.doors["act"]), ("visitor", "/m/nothing")],
        "mail.off": [("visitor", urlsplit(links.off(board.dana, "posting")).path)],
        "roster.person": [
            ("coordinator", f"/people/{one.id}") for one in (board.maya, board.noor, board.okafor, board.dana, board.gone)
        ],
        "records.of": [("coordinator", f"/people/{one.id}/record") for one in (board.maya, board.dana)],
        "disclosed.of": [("teacher", f"/students/{one.id}/disclosures") for one in (board.maya, board.noor)],
        "home_records.show": [
            ("coordinator", f"/students/{one.student_id}/guardians/{one.id}")
            for one in Guardian.select().order_by(Guardian.id).limit(2)
        ],
        "erasing.ask": [
            ("coordinator", f"/people/{one.id}/erase") for one in (board.maya, board.fresh_student, board.ruiz, board.erased)
        ],
        "school.field": [("coordinator", f"/settings/fields/{board.hidden_field.id}")],
        "starters.one": [("coordinator", f"/settings/starters/{one.id}") for one in (board.own_starter, board.changed_starter)],
        "school.skill": [("coordinator", f"/settings/skills/{board.proposed_skill.id}")],
        "search_words.one": [("coordinator", f"/settings/words/{board.words.id}")],
        "employers.show": [
            ("visitor student teacher employer", f"/employers/{board.mill.id}-mill-cafe"),
            ("coordinator", f"/employers/{board.cedar.id}"),
            ("coordinator", f"/employers/{board.newcomer.id}"),
            ("coordinator", f"/employers/{board.refuse.employer_id}"),
            ("coordinator", f"/employers/{board.suspend.employer_id}"),
        ],
        "employers.vetting": [
            ("coordinator", f"/employers/{number}/vetting")
            for number in (board.newcomer.id, board.mill.id, board.cedar.id, board.endless.id, board.lapsed.employer_id,
                           board.refuse.employer_id, board.suspend.employer_id)
        ],
        "employers.suspend": [("coordinator", f"/employers/{board.cedar.id}/suspend")],
        "postings.show": [
            ("visitor student teacher coordinator employer", f"/projects/{board.on_site.id}"),
            ("teacher employer", f"/projects/{postings['paused'].id}"),
            *(("student", f"/projects/{applications[state].posting_id}") for state in ("draft", "submitted", "accepted", "not_selected")),
        ],
        "sharing.posting": [("teacher", f"/projects/{board.on_site.id}/share")],
        "sharing.poster_of": [("teacher", f"/projects/{board.on_site.id}/poster")],
        "desk.edit": [("employer", f"/employer/postings/{one.id}") for one in own],
        "desk.preview": [("employer", f"/employer/postings/{one.id}/preview") for one in (postings["draft"], board.begun, board.changed)],
        "desk.ask_close": [("employer", f"/employer/postings/{one.id}/close") for one in (postings["open"], board.chosen_from)],
        "desk.ask_delete": [("employer", f"/employer/postings/{postings['draft'].id}/delete")],
        "review.show": [("teacher", f"/review/{one.id}") for one in (*read, board.unchecked)] + [("coordinator", f"/review/{board.reported.id}")],
        "applications.apply": [
            ("student", f"/projects/{board.on_site.id}/apply"),
            ("student", f"/projects/{applications['draft'].posting_id}/apply"),
            ("student", f"/projects/{postings['expired'].id}/apply"),
        ],
        "applications.show": [("student", f"/applications/{one.id}") for one in applications.values()]
        + [("teacher coordinator", f"/applications/{applications['submitted'].id}")],
        "applications.reading": [
            ("teacher", f"/readings/{board.open_reading.id}"), ("teacher", f"/readings/{board.answered_reading.id}"),
        ],
        "applicants.of": [
            ("employer", f"/employer/postings/{board.chosen_from.id}/applicants"),
            ("employer", f"/employer/postings/{board.on_site.id}/applicants"),
        ],
        "applicants.show": [("employer", f"/employer/applicants/{one.id}") for state, one in applications.items() if state != "draft"],
        "experience.show": [("student teacher", f"/experience/{one.id}") for one in (board.kept, board.kept_alone)],
        "experience.certificate": [("student teacher", f"/experience/{board.kept.id}/certificate")],
        "public.verify": [("visitor student", f"/verify/{board.kept.token}"), ("visitor", "/verify/nothing")],
        "public.portfolio": [("visitor", f"/portfolio/{board.portfolio.token}")],
        # each state once for each of three readers, and beside that what only one of them sees
        "placements.show": [
            *(
                (looks, f"/placements/{one.id}")
                for looks, some in {
                    "student employer teacher": (
                        *(board.matches[name] for name in ("proposed", "not_agreed", "agreed", "signed", "held")),
                        *(board.placements[name] for name in ("active", "delivered", "ended_early")),
                        board.active, board.small, board.handed["overdue"],
                    ),
                    "student": (*(board.handed[name] for name in ("begun", "sent back", "paid")), board.held),
                    "employer": (board.handed["handed in"], board.handed["accepted"], board.planned["agreed"]),
                    "teacher": (board.handed["accepted"], board.placements["held"], board.planned["agreed"]),
                    "coordinator": (board.placements["active"], board.ends["held"]),
                }.items()
                for one in some
            ),
            ("student employer teacher", f"/placements/{board.kept.placement_id}"),
            *(("teacher", f"/placements/{board.home[name].placement.id}") for name in ("question", "no")),
            *(("student", f"/placements/{board.active.id}?edit={entry.id}") for entry in list(board.active.entries)[1:2]),
            *(("student", f"/placements/{board.ends[name].id}") for name in ("sealed by the employer", "open", "ended", "held")),
            *(("employer", f"/placements/{board.ends[name].id}") for name in ("small", "sealed by the employer", "open", "ended before")),
            *(("teacher", f"/placements/{board.ends[name].id}") for name in ("not accepted", "silent", "completed 0", "running", "gone")),
        ],
        "student_story.show": [("teacher", f"/students/{one.id}") for one in (board.maya, board.fresh_student, board.grown, board.hidden)],
        "rules.one": [("coordinator", f"/settings/rules/{key}") for key in ("state_minimum_cents", "limits_16_17", "excluded")],
        "school_year.one": [("coordinator", f"/settings/school-year/{board.period.id}")],
        "match.paper": [("student employer teacher", f"/placements/{board.matches['agreed'].id}/agreement")],
        "feedback.give": [
            ("student employer", f"/placements/{board.ends['nothing said'].id}/feedback"),
            ("employer", f"/placements/{board.ends['sealed by the employer'].id}/feedback"),
        ],
        "closing.close_small": [("employer", f"/placements/{board.ends[name].id}/close") for name in ("small", "small, done before")],
        "ending.end": [("student teacher", f"/placements/{board.ends['running'].id}/end")],
        "home_reports.page": [("visitor", f"{board.home['asked'].link}/report"), ("visitor", "/g/nothing/report")],
        "guardians.page": [
            *(("visitor", one.link) for one in board.home.values()),
            ("student", board.home["asked"].link), ("visitor", "/g/nothing"), ("visitor", f"{board.home['yes'].link}?language=es"),
        ],
        "suggestions.show": [("coordinator", f"/employers/suggestions/{one.id}") for one in board.suggestions],
        "reports.new": [
            ("student teacher employer", f"/report/posting/{board.on_site.id}"),
            ("employer", f"/report/thread/{postings['submitted'].id}"),
            ("student", f"/report/application/{applications['submitted'].id}"),
            ("student", f"/report/posting/{board.reported.id}"),
            ("student employer", f"/report/placement/{board.ends['running'].id}"),
        ],
        "safety.show": [("coordinator", f"/safety/{number}") for number in (1, 3)],
    }  # fmt: skip


def pages_for(app, board, role: str) -> list[tuple[str, str]]:
    """(endpoint, address) of all that a role may open."""
    person, numbered, found = person_of(board, role), places(board), []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NO_PAGES | APART:
            continue
        if not access.may_open(app.view_functions[rule.endpoint], person, True):
            continue
        if not rule.arguments:
            found.append((rule.endpoint, rule.rule))
            looks, queries = QUERIES.get(rule.endpoint, ("", ()))
            found += [(rule.endpoint, f"{rule.rule}?{query.format(board=board)}") for query in queries if role == looks]
            continue
        assert rule.endpoint in numbered, f"{rule.rule} is new: say in `places` which of them to look at"
        found += [(rule.endpoint, address) for roles, address in numbered[rule.endpoint] if role in roles.split()]
    return list(dict.fromkeys(found))


def person_of(board, role: str):
    people = {"student": "maya", "teacher": "okafor", "coordinator": "ruiz", "employer": "dana"}
    return getattr(board, people[role]) if role in people else None


@pytest.fixture(scope="module")
def boards(tmp_path_factory, founded_database, empty_database):
    """`boards(source, make)` serves one board; asked for another, it closes that one first."""
    opened = []

    def close():
        while opened:
            opened.pop()()

    def on(source, make) -> SimpleNamespace:
        close()
        folder = tmp_path_factory.mktemp("board")
        (folder / "data").mkdir()
        app = start(Settings(data=folder / "data", index=folder / "index", secret_key=SECRET), source)
        board = make()
        serve = serving(app)
        address = serve.__enter__()
        opened.extend((database.close, lambda: serve.__exit__(None, None, None)))
        return SimpleNamespace(app=app, address=address, board=board)

    yield on
    close()


@pytest.fixture(scope="module")
def busy(boards, founded_database):
    """A board with everything in every state."""
    return boards(founded_database, make_busy_board)


class Looker:
    """One person's browser; collects what is wrong on every page it is shown."""

    def __init__(self, window, served, person=None):
        if person:
            session = {"_user_id": sessions.begin(person, "Test"), "_fresh": True}
            window.add_cookies([cookie(served.app, served.address, session)])
        self.page = window.new_page()
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self.complaints: list[str] = []
        self.looks = LOOKS
        self.phone_alone: set[str] = set()
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", lambda message: heard(message, self.complaints))

    def open(self, address: str) -> bool:
        """Look at the page at an address; False when it only leads elsewhere."""
        answer = self.page.goto(address)
        if answer.request.redirected_from:
            return False
        assert answer.status in SHOWN and "text/html" in answer.headers["content-type"], (
            address,
            answer.status,
        )
        self.look(address)
        return True

    def look(self, name: str) -> None:
        """The page as it stands, all of it unfolded: on a desk in light, on a phone in dark, and very narrow. On a
        phone everything is asked again where it shows what a desk does not, and what depends on the window elsewhere."""
        page = self.page
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        page.evaluate("document.querySelectorAll('details:not([name])').forEach(one => { one.open = true; })")
        self.wrong[name] += [f"desk: {words}" for words in violations(TOOL, page, self.looks)]
        page.evaluate(VISIBLE)
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        alone = set(page.evaluate(ON_PHONE_ALONE)) - self.phone_alone
        self.phone_alone |= alone
        rules = EVERYTHING if alone else OF_THE_WINDOW
        self.wrong[name] += [f"phone: {words}" for words in violations(TOOL, page, self.looks, rules)]
        page.set_viewport_size(NARROW)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong[name].append(f"narrow: {wide}px wider than the window")

    def send(self, name: str, form: str = "main form[method=post]", fill: dict | None = None, button: str = "") -> None:
        """Send a form as it is, and look at the errors that come back, on another page or in place."""
        sent = self.page.locator(form).first
        sent.evaluate("form => form.closest('details')?.setAttribute('open', '')")
        for label, words in (fill or {}).items():
            self.page.get_by_label(label, exact=True).fill(words)
        in_place = sent.get_attribute("hx-post")
        comes = self.page.expect_response(f"**{in_place}") if in_place else self.page.expect_navigation()
        with comes as gone:
            sent.evaluate(
                "(form, button) => { form.noValidate = true; form.requestSubmit(button ? form.querySelector(button) : null); }",
                button,
            )
        assert gone.value.status == 422, (name, gone.value.status)
        if in_place:
            self.page.locator("#errors:focus").wait_for()
        assert self.page.evaluate("document.activeElement.id") == "errors", f"{name}: the focus is not at the errors"
        self.look(name)

    def finish(self) -> None:
        self.page.close()
        wrong = {name: words for name, words in self.wrong.items() if words}
        report = "\n\n".join(f"{name}\n" + "\n".join(words) for name, words in wrong.items())
        assert not wrong, f"{len(wrong)} of {len(self.wrong)} pages\n\n{report}"
        assert not self.complaints, self.complaints


@pytest.fixture
def looker(windows):
    with ExitStack() as opened:
        yield lambda served, person=None: Looker(
            opened.enter_context(windows.lent(first=TOOL.axe_script)), served, person
        )


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_busy_board_is_for_everybody(busy, looker, role):
    look = looker(busy, person_of(busy.board, role))
    for _, address in pages_for(busy.app, busy.board, role):
        look.open(address)
    look.finish()


def test_no_page_is_left_out(busy):
    """Of every page, somebody above is shown one: not only the way to another."""
    seen = set()
    for role in ROLES:
        client, person = busy.app.test_client(), person_of(busy.board, role)
        if person:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = sessions.begin(person, "Test"), True
        listed = pages_for(busy.app, busy.board, role)
        seen |= {endpoint for endpoint, address in listed if client.get(address).status_code in SHOWN}
    pages = {rule.endpoint for rule in busy.app.url_map.iter_rules() if "GET" in rule.methods}
    assert pages - NO_PAGES - APART - seen == set()


def test_the_states_shown_of_a_search_are_those_they_are_shown_for(busy):
    client = busy.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = sessions.begin(busy.board.maya, "Test"), True
    shown = {query: client.get(f"/projects?{query}").text for query in SEARCHES}
    assert [query for query, sign in SEARCHES.items() if sign not in shown[query]] == []


def test_who_has_turned_18_decides_for_themself(busy, looker):
    look = looker(busy, busy.board.grown)
    for address in (f"/placements/{busy.board.of_age.id}", f"/placements/{busy.board.of_age.id}/own-yes"):
        assert look.open(address), address
    look.finish()


def test_what_a_parent_or_guardian_forgets_is_said_beside_it(busy, looker):
    look = looker(busy)
    look.open(busy.board.home["asked"].link)
    look.send("a yes without a name", "form[data-move=answer]", button="button[value=yes]")
    look.finish()


@pytest.mark.parametrize(
    "who", ["fresh_student", "noor", "fresh_employer", "nia", "refuse", "suspend", "lapsed", "ada"]
)
def test_who_has_nothing_yet_and_who_is_shut_out(busy, looker, who):
    person = getattr(busy.board, who)
    look = looker(busy, person)
    theirs = {
        "student": ["/", "/notices", "/applications", "/saved", "/profile", f"/projects/{busy.board.on_site.id}"],
        "employer": ["/", "/employer", "/employer/postings", "/employer/applicants"],
    }[person.role]
    if who == "ada":  # who has not confirmed an address yet
        theirs += ["/account", "/join/address", f"/employer/postings/{busy.board.ada_draft.id}"]
    for address in theirs:
        assert look.open(address), address
    look.finish()


ERRORS = {
    "visitor": [("/sign-in", {}), ("/sign-in/link", {}), ("/join", {}), ("/welcome/{invitation}", {})],
    "student": [
        ("/projects/{on_site}/apply", {"form": "#draft", "button": "[value=send]"}),
        ("/experience/portfolio", {"fill": {"About me (optional)": "I am Maya Rivera."}}),
        ("/placements/{active}", {"form": "[data-form=hours]"}),
        ("/placements/{unsaid}/feedback", {}), ("/placements/{running}/end", {}),
    ],
    "teacher": [("/readings/{reading}", {}), ("/review/{submitted}", {"form": "[data-move=decline]"}),
                ("/experience/{kept_alone}", {"form": "[data-move=guardian_yes]"}),
                ("/placements/{active}", {"form": "[data-form=settle]"})],
    "coordinator": [
        ("/people/invite", {}), ("/students/new", {}), ("/students/import", {}), ("/settings/fields/new", {}),
        ("/settings/starters/new", {"form": "#starter-form"}), ("/settings/skills", {"form": "form.add-skill"}), ("/settings/words", {"form": "form.add-skill"}),
        ("/employers/{newcomer}/vetting", {"form": "#item-address [data-move=vet_item]"}), ("/employers/{suspended}/vetting", {"form": "[data-move=verify]"}),
        ("/employers/{suspended}/vetting", {"form": "[data-move=vet_supervisor]", "fill": {"Reached at work on (optional)": "2999-01-01"}}), ("/employers/{cedar}/suspend", {}),
        ("/settings", {"fill": {"Name of the school": ""}}), ("/settings/school-year", {"form": "form.part"}),
        ("/settings/rules/state_minimum_cents", {"fill": {"Dollars an hour": "5"}}), ("/settings/school-year", {"form": "#bell", "fill": {"First bell": "x"}}),
    ],
    "employer": [
        ("/placements/{agreed}", {"form": "[data-form=plan]", "fill": {"The work is handed in by": ""}}),
        ("/employer/postings/{begun}", {"form": "#posting-form", "button": "[value=send]"}),
        ("/employer/postings/new/blank", {"form": "#posting-form", "button": "[value=send]"}),
        ("/employer", {"fill": {"Name of the organization": ""}}),
        ("/employer/applicants/{applicant}", {"form": "[data-move=not_select]"}),
        ("/placements/{unsaid}/feedback", {}), ("/placements/{small}/close", {}),
        ("/account", {"form": "form[action='/account/password']"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_forms_that_come_back_with_errors(busy, looker, role):
    board = busy.board
    numbers = {
        "newcomer": board.newcomer.id, "suspended": board.suspend.employer_id, "cedar": board.cedar.id,
        "invitation": board.invitation, "on_site": board.on_site.id, "begun": board.begun.id,
        "submitted": board.postings["submitted"].id, "reading": board.open_reading.id,
        "applicant": board.applications["submitted"].id, "kept_alone": board.kept_alone.id, "active": board.active.id,
        "agreed": board.planned["agreed"].id,
        "unsaid": board.ends["nothing said"].id, "running": board.ends["running"].id, "small": board.ends["small"].id,
    }  # fmt: skip
    look = looker(busy, person_of(board, role))
    for address, how in ERRORS[role]:
        look.page.goto(address.format(**numbers))
        look.send(f"{address}, sent with mistakes", **how)
    look.finish()


def test_a_password_after_a_slip(busy, looker):
    board = busy.board
    look = looker(busy)
    look.page.goto("/sign-in")
    look.page.get_by_label("Mail address or username").fill(board.leo.email)
    look.page.get_by_label("Password or sign-in code").fill(actions.spell_code(board.code))
    look.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    look.page.wait_for_url("**/first-password")
    look.look("/first-password")
    look.send("/first-password, with no password")
    look.finish()


def test_what_unfolds_over_a_page(busy, looker):
    """The filters of a phone, the skills offered while typing, what a saved project and a sent message leave behind."""
    board = busy.board
    look = looker(busy, board.fresh_student)
    page = look.page
    page.goto("/projects")
    page.set_viewport_size(PHONE)
    groups = page.locator("details.facet-group")
    assert groups.count() >= 4
    for number in range(groups.count()):
        groups.nth(number).evaluate("one => { one.open = true; }")
        look.wrong[f"filter {number}"] = violations(TOOL, page, look.looks)
    page.goto("/profile")
    page.get_by_role("combobox", name="skills").press_sequentially("desi")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    look.look("/profile, skills offered")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").first.click()
    page.locator(".flash").wait_for()
    look.look("/profile, saved")
    look.finish()


@pytest.mark.parametrize("role", ["visitor", "student"])
def test_pages_that_say_no(busy, looker, role):
    look = looker(busy, person_of(busy.board, role))
    for address in ("/projects/999999", "/nothing/is/here", "/review"):
        look.page.goto(address)
        look.look(address)
    look.finish()


@pytest.fixture(scope="module")
def empty(boards, founded_database):
    """The cast, and nothing else."""
    return boards(founded_database, make_empty_board)


def make_empty_board():
    School.update(open_to_visitors=True).execute()
    return make_cast()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_an_empty_board_says_what_will_be_there(empty, looker, role):
    look = looker(empty, person_of(empty.board, role))
    addresses = {
        "visitor": ["/"],
        "student": ["/", "/projects", "/projects?q=poster"],
        "teacher": ["/", "/review", "/readings"],
        "coordinator": ["/", "/safety"],
        "employer": ["/"],
    }[role]
    for address in addresses:
        assert look.open(address), address
    look.finish()


def test_setting_up_a_board(boards, empty_database, looker):
    served = boards(empty_database, lambda: actions.make_key(KeyKind.SET_UP, None, None, timedelta(hours=1)))
    look = looker(served)
    assert look.open("/")
    assert look.open(f"/set-up/{served.board}")
    look.send("/set-up, with nothing in it")
    look.finish()
