"""The contract of every route: who may open it, and that what is somebody else's is not there.

WHO says it a second time, by hand: a route that is missing here fails, so that nobody adds a page
without saying who it is for.
"""

import re

import pytest
from werkzeug.routing import IntegerConverter

from board.access import AUDIENCES
from tests import factories

ANYONE, READER = "anyone", "reader"
STAFF = {"teacher", "coordinator"}
ALL = {"student", "teacher", "coordinator", "employer"}

WHO: dict[str, set[str] | str] = {
    "home.front": ANYONE, "home.health": ANYONE, "home.language": ANYONE, "home.notices": ALL,
    "home.read_notices": ALL, "home.open_notice": ALL,
    "people.sign_in": ANYONE, "people.sign_out": ANYONE, "people.first_password": ANYONE, "people.welcome": ANYONE,
    "people.set_up": ANYONE,
    "doors.ask": ANYONE, "doors.come_in": ANYONE, "doors.act": ANYONE, "doors.confirm": ANYONE,
    "doors.again": {"employer"}, "doors.address": {"employer"},
    "account.account": ALL, "account.profile": {"student"},
    "account.details": ALL, "account.password": ALL, "account.end_browser": ALL, "account.end_other_browsers": ALL,
    "roster.people": {"coordinator"}, "roster.students": STAFF, "roster.person": {"coordinator"},
    "care.link": {"coordinator"}, "care.code": {"coordinator"}, "care.role": {"coordinator"},
    "care.sign_out": {"coordinator"}, "care.close": {"coordinator"}, "care.reopen": {"coordinator"},
    "arrivals.invite": {"coordinator"}, "arrivals.new_student": {"coordinator"}, "arrivals.import_list": {"coordinator"},
    "arrivals.slips": STAFF, "arrivals.slip": STAFF,
    "issuer.profile": ANYONE, "issuer.all_keys": ANYONE, "issuer.one_key": ANYONE,
    "calendar.own": ALL, "calendar.make": ALL, "calendar.end": ALL, "calendar.feed": ANYONE,
    "mail.choices": ALL, "mail.off": ANYONE, "mail.settings": {"coordinator"}, "mail.test": {"coordinator"},
    "mail.all_again": {"coordinator"}, "mail.decide": {"coordinator"},
    "school.settings": {"coordinator"}, "school.fields": {"coordinator"}, "school.new_field": {"coordinator"},
    "school.field": {"coordinator"}, "school.move_field": {"coordinator"}, "school.skills": {"coordinator"},
    "school.skill": {"coordinator"}, "school.decide_skill": {"coordinator"}, "school.merge_skill": {"coordinator"},
    "starters.all": {"coordinator"}, "starters.new": {"coordinator"}, "starters.one": {"coordinator"},
    "starters.make_move": {"coordinator"},
    "school_year.all": {"coordinator"}, "school_year.one": {"coordinator"}, "school_year.remove": {"coordinator"},
    "worker.jobs": {"coordinator"}, "worker.run": {"coordinator"},
    "rules.all": {"coordinator"}, "rules.one": {"coordinator"}, "rules.confirm": {"coordinator"}, "rules.put_back": {"coordinator"},
    "school_year.add_term": {"coordinator"}, "school_year.remove_term": {"coordinator"},
    "school_year.set_bell": {"coordinator"}, "school_year.pick": {"coordinator"},
    "search_words.all": {"coordinator"}, "search_words.one": {"coordinator"}, "search_words.remove": {"coordinator"},
    "employers.all": STAFF, "employers.own": {"employer"}, "employers.join": ANYONE,
    "employers.invite": {"employer"}, "employers.invite_again": {"employer"}, "employers.take_back": {"employer"},
    "employers.hand_over_mine": {"employer"}, "employers.leave": {"employer"}, "employers.hand_over": {"coordinator"},
    "postings.projects": READER, "postings.show": READER, "postings.save": {"student"},
    "postings.feed": READER, "postings.saved": {"student"}, "postings.save_search": {"student"},
    "postings.open_search": {"student"}, "postings.remove_search": {"student"}, "postings.tidy_saved": {"student"}, "postings.suggestions": READER,
    "skills.suggest": ALL,
    "sharing.posting": STAFF, "sharing.poster_of": STAFF, "sharing.board": STAFF, "sharing.poster": STAFF,
    "employers.ask_again": STAFF,
    "employers.show": READER, "employers.refuse": {"coordinator"}, "employers.suspend": {"coordinator"},
    "employers.vetting": {"coordinator"}, "employers.verify": {"coordinator"}, "employers.vet_item": {"coordinator"},
    "employers.vet_supervisor": {"coordinator"}, "employers.put_back": {"coordinator"},
    "desk.mine": {"employer"}, "desk.new": {"employer"}, "desk.blank": {"employer"}, "desk.begin_with": {"employer"}, "desk.edit": {"employer"}, "desk.save": {"employer"}, "desk.checks": {"employer"},
    "desk.preview": {"employer"}, "desk.move": {"employer"}, "desk.ask_close": {"employer"},
    "desk.ask_delete": {"employer"}, "desk.help_with": {"employer"}, "desk.no_longer": {"employer"},
    "desk.hand_over": {"employer"}, "desk.hourly": {"employer"}, "desk.markdown": {"employer"}, "desk.fit": READER,
    "applications.mine": {"student"}, "applications.apply": {"student"}, "applications.show": {"student"} | STAFF,
    "applications.make_move": {"student"}, "applications.readings": STAFF, "applications.reading": STAFF,
    "applicants.all": {"employer"}, "applicants.of": {"employer"}, "applicants.show": {"employer"},
    "applicants.make_move": {"employer"},
    "messages.mine": ALL, "messages.write": ALL, "messages.let_pass": STAFF, "messages.stop": STAFF,
    "placements.show": ALL, "placement_lists.all": ALL, "student_story.show": STAFF,
    "experience.mine": {"student"}, "experience.show": {"student"} | STAFF, "experience.choose": {"student"},
    "experience.share": {"student"}, "experience.stop_sharing": {"student"}, "experience.certificate": {"student"} | STAFF,
    "experience.guardian_yes": STAFF, "experience.guardian_no": STAFF,
    "portfolio.mine": {"student"}, "portfolio.share": {"student"}, "portfolio.stop_sharing": {"student"},
    "portfolio.export": {"student"}, "public.verify": ANYONE, "public.portfolio": ANYONE,
    "handing.add_files": {"student"}, "handing.add_link": {"student"}, "handing.remove": {"student"},
    "handing.deliver": {"student"}, "handing.accept": {"employer"}, "handing.send_back": {"employer"}, "handing.download": ALL,
    "payments.paid": {"employer"}, "payments.received": {"student"}, "payments.change_sum": {"employer"} | STAFF,
    "payments.settle": {"employer"} | STAFF,
    "public.credential": ANYONE,
    "plan.save": ALL, "plan.dates": STAFF | {"employer"}, "plan.start": STAFF | {"employer"},
    "plan.mark": {"student", "employer"},
    "hours.log": {"student"}, "hours.change": {"student"}, "hours.remove": {"student"}, "hours.goal": {"student"},
    "hours.confirm": {"employer"}, "hours.query": {"employer"},
    "check_ins.answer": {"student", "employer"}, "check_ins.settle": STAFF,
    "match.agree": STAFF, "match.not_agree": STAFF, "match.people": STAFF, "match.guardian_yes": STAFF,
    "match.guardian_no": STAFF, "match.paper": ALL, "match.terms": {"employer"} | STAFF, "match.sign": ALL,
    "match.paper_seen": STAFF, "match.permit": STAFF,
    "feedback.give": {"student", "employer"}, "closing.close_small": {"employer"}, "ending.end": ALL,
    "ending.put_on_hold": STAFF, "ending.lift_hold": {"coordinator"}, "ending.keep": STAFF, "ending.complete": STAFF,
    "ending.remind": STAFF,
    "review.desk": STAFF, "review.show": STAFF, "review.viewers": STAFF, "review.comment": STAFF, "review.decide": STAFF,
    "employers.trust": {"coordinator"},
    "review.take": STAFF, "review.release": STAFF, "review.undo": STAFF, "review.take_yes_back": STAFF, "review.fields": STAFF, "review.following": STAFF,
    "review.words": STAFF, "review.signals": STAFF, "review.change_words": STAFF, "review.remove_words": STAFF,
    "suggestions.mine": {"student"}, "suggestions.new": {"student"}, "suggestions.take_back": {"student"},
    "suggestions.all": {"coordinator"}, "suggestions.show": {"coordinator"}, "suggestions.decide": {"coordinator"},
    "audit.trail": {"coordinator"}, "audit.take_out": {"coordinator"}, "audit.check": {"coordinator"},
    "home_reports.page": ANYONE, "home_reports.tell": ANYONE, "guardians.page": ANYONE, "guardians.answer": ANYONE, "guardians.withdraw": ANYONE,
    "families.add": STAFF, "families.remove": STAFF, "families.shown": STAFF, "families.letter": STAFF, "families.slip": STAFF,
    "match.guardian_refused": STAFF, "match.guardian_school": {"coordinator"}, "match.guardian_talked": STAFF,
    "match.own_yes": {"student"}, "match.say_oneself": {"student"},
    "reports.all": STAFF, "reports.mine": ALL, "reports.new": ALL,
    "safety.all": STAFF, "safety.show": STAFF, "safety.act": STAFF,
    "privacy.notice": ANYONE, "own_record.show": ALL, "own_record.file": ALL, "records.of": {"coordinator"}, "disclosed.of": STAFF, "disclosed.table_of": STAFF, "disclosed.own": {"student"}, "disclosed.own_table": {"student"},
    "home_records.show": {"coordinator"}, "home_records.file": {"coordinator"}, "home_records.erase": {"coordinator"},
    "records.file_of": {"coordinator"}, "corrections.own": ALL, "corrections.all": {"coordinator"},
    "corrections.answer": {"coordinator"}, "erasing.ask": {"coordinator"}, "retention.settings": {"coordinator"},
    "retention.run": {"coordinator"}, "breach.helper": {"coordinator"}, "breach.file": {"coordinator"},
}  # fmt: skip

# roles that open a route and still get 403 or 404 for an object that is not theirs have it said in the noun's own tests


@pytest.fixture
def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def declared(app, endpoint) -> set[str]:
    audience = set(app.view_functions[endpoint].open_to)
    if "teacher" in audience:
        audience.add("coordinator")
    return audience


def test_every_route_declares_the_audience_that_is_written_here(app, rules):
    wrong = {}
    for rule in rules:
        audience = getattr(app.view_functions[rule.endpoint], "open_to", None)
        if not audience or not audience <= set(AUDIENCES):
            wrong[rule.endpoint] = "declares nobody"
            continue
        expected = WHO.get(rule.endpoint, "is not listed here")
        if declared(app, rule.endpoint) != ({expected} if isinstance(expected, str) else expected):
            wrong[rule.endpoint] = (declared(app, rule.endpoint), expected)
    assert not wrong
    assert set(WHO) <= {rule.endpoint for rule in rules}


def address_of(app, rule, number: int) -> str:
    values = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            values[name] = number
        else:
            values[name] = {"about": "posting"}.get(name, "nothing-here")
    address = rule.rule
    for name, value in values.items():
        address = re.sub(rf"<(?:[^<>]*:)?{name}>", str(value), address)
    return address


def test_nobody_opens_a_route_that_is_not_for_them(app, client, cast, rules):
    """Every route x every role, by GET and POST: outside the audience nothing but 403, or sign-in for a stranger."""
    factories.make_application()
    people = {"student": cast.maya, "teacher": cast.okafor, "coordinator": cast.ruiz, "employer": cast.dana}
    browsers = {role: client(person) for role, person in people.items()} | {"visitor": client()}
    tried = 0
    for rule in rules:
        audience = declared(app, rule.endpoint)
        for role, browser in browsers.items():
            if ANYONE in audience or (role != "visitor" and (READER in audience or role in audience)):
                continue
            for method in rule.methods & {"GET", "POST"}:
                response = browser.open(address_of(app, rule, 1), method=method)
                expected = (303,) if role == "visitor" else (403,)
                assert response.status_code in expected, (rule, role, method, response.status_code)
                if role == "visitor":
                    assert response.location.startswith("/sign-in")
                tried += 1
    assert tried > 40


def test_what_does_not_exist_is_404_for_everybody_and_never_breaks(app, client, cast, rules):
    """Numbers of nothing, also huge ones, on every route that takes one."""
    people = {"student": cast.maya, "teacher": cast.okafor, "coordinator": cast.ruiz, "employer": cast.dana}
    browsers = {role: client(person) for role, person in people.items()}
    tried = 0
    for rule in rules:
        if not rule.arguments:
            continue
        audience = declared(app, rule.endpoint)
        for role, browser in browsers.items():
            if not ({ANYONE, READER, role} & audience):
                continue
            for number in (999_999, 10**30):
                for method in rule.methods & {"GET", "POST"}:
                    response = browser.open(address_of(app, rule, number), method=method)
                    assert response.status_code in (404, 303), (rule, role, method, number, response.status_code)
                    tried += 1
    assert tried >= 8


def test_every_page_without_an_object_opens_for_its_audience(app, client, cast, rules):
    """The page inspector reads each of them."""
    people = {"student": cast.maya, "teacher": cast.okafor, "coordinator": cast.ruiz, "employer": cast.dana}
    opened = 0
    for rule in rules:
        if rule.arguments or "GET" not in rule.methods:
            continue
        audience = declared(app, rule.endpoint)
        for role, person in people.items():
            if {ANYONE, READER, role} & audience:
                response = client(person).get(rule.rule)
                assert response.status_code in (200, 204, 303), (rule, role, response.status_code)
                opened += response.status_code == 200
    assert opened > 20


def test_a_closed_board_shows_strangers_only_its_front_door(app, client, cast, rules):
    """An open one also its projects."""
    doors = {
        rule.rule
        for rule in rules
        if not rule.arguments and "GET" in rule.methods and client().get(rule.rule).status_code == 200
    }
    assert doors == {"/", "/healthz", "/sign-in", "/sign-in/link", "/join", "/issuer", "/issuer/keys", "/privacy"}
