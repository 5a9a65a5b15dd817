"""Settings: the rules a project is checked by, each with its source and who looked at it last; for coordinators."""

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _

from board import access, htmx
from board.access import open_to, who
from board.checks import rule_actions as actions
from board.checks.model import Rule
from board.checks.pay import least
from board.checks.rule_forms import RuleForm, form_for
from board.checks.rulebook import FLSA_HOURS, FLSA_ORDERS, FLSA_PAY
from board.checks.rules_of_school import kept, rulebook
from board.checks.states import BANDS, KEYS, LIMITS, OWN_KEYS, TITLES, reviewed
from board.checks.tasks import BY_SLUG
from board.drawing import money, translate
from board.forms import clock
from board.moves import Step
from board.people.model import Person, Role
from board.school.model import STATES
from board.school.views import proposed_count
from board.words import N_

rules = Blueprint("rules", __name__)

SECTIONS = (
    (N_("Pay"), ("state_minimum_cents", "youth_rate")),
    (N_("Hours"), BANDS),
    (N_("Working papers"), ("permit_until",)),
    (N_("What this school adds"), OWN_KEYS),
)
LIMIT_WORDS = {
    "school_day": N_("at most %(hours)s hours on a school day"),
    "free_day": N_("at most %(hours)s hours on a day without school"),
    "school_week": N_("at most %(hours)s hours in a school week"),
    "free_week": N_("at most %(hours)s hours in a week without school"),
    "earliest": N_("not before %(time)s"),
    "latest_before_school": N_("not after %(time)s before a school day"),
    "latest": N_("not after %(time)s on other days"),
}
DID = {
    "change": N_("changed it from %(before)s to %(after)s"),
    "confirm": N_("looked it up: it is so"),
    "put_back": N_("put it back to what came with the board"),
}


@rules.get("/settings/rules")
@open_to(Role.COORDINATOR)
def all():
    """Every rule on one page; what nobody has looked up yet is counted at the top."""
    school = access.school()
    rows = kept(school)
    lines = {key: actions.line(school, key, rows) for key in KEYS}
    people = {row.reviewed_by_id for row in rows.values() if row.reviewed_by_id}
    elsewhere = Rule.select(Rule.state).where(Rule.state.not_in(("", school.state))).distinct().tuples()
    return htmx.page(
        "checks/rules.html", part="rules", proposed=proposed_count(), sections=SECTIONS, lines=lines, titles=TITLES,
        in_words=in_words, unsure=sum(line.is_unsure for line in lines.values()), state=STATES[school.state],
        names=dict(Person.select(Person.id, Person.name).where(Person.id.in_(people)).tuples()), reviewed=reviewed(),
        federal={"hours": FLSA_HOURS, "orders": FLSA_ORDERS, "pay": FLSA_PAY}, earlier=[STATES[state] for (state,) in elsewhere if state in STATES],
    )  # fmt: skip


@rules.route("/settings/rules/<key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def one(key: str):
    """One rule: its value, where it comes from, and its history; POST gives it another value."""
    school = access.school()
    line = actions.line(school, known(key))
    form = form_for(key, line.value, source=line.source if line.row else "", address=line.address if line.row else "")
    if form.validate_on_submit():
        actions.change(school, key, form.said(), who(), form.source.data, form.address.data)
        return htmx.go(url_for("rules.all") + f"#rule-{key}", _("The rule is saved. It holds from now on."))
    return draw(line, form)


def draw(line: actions.Line, form: RuleForm):
    steps = list(Step.of(line.row)) if line.row else []
    return htmx.page(
        "checks/rule.html", line=line, form=form, title=TITLES[line.key], steps=steps[::-1], step_words=step_words,
        in_words=in_words, groups=line.key == "excluded", status=422 if form.errors else 200, limits=LIMITS, bands=BANDS,
        money=line.key.endswith("_cents"),
    )  # fmt: skip


@rules.post("/settings/rules/<key>/confirm")
@open_to(Role.COORDINATOR)
def confirm(key: str):
    actions.confirm(access.school(), known(key), who())
    words = _("“%(rule)s” is marked as looked up today.", rule=translate(TITLES[key]))
    return htmx.go(url_for("rules.all") + f"#rule-{key}", words)


@rules.post("/settings/rules/<key>/put-back")
@open_to(Role.COORDINATOR)
def put_back(key: str):
    actions.put_back(access.school(), known(key), who())
    return htmx.go(url_for("rules.all") + f"#rule-{key}", _("The rule is as it came with the board."))


def known(key: str) -> str:
    return key if key in KEYS else abort(404)


def in_words(key: str, value) -> str:
    """A value as a principal reads it."""
    if key in BANDS:
        said = [limit_words(name, value[name]) for name in LIMITS if value and value.get(name) is not None]
        none = _("nothing more than federal law") if key == "limits_14_15" else _("no limit is known")
        return "; ".join(said) or none
    if key == "excluded":
        return "; ".join(translate(BY_SLUG[slug].words) for slug in value or () if slug in BY_SLUG) or _("none")
    if key.endswith("_cents"):
        return _("$%(dollars)s an hour", dollars=f"{value / 100:.2f}") if value else _("not known")
    if key == "permit_until":
        return _("not known") if value is None else _("below %(age)s", age=value) if value else _("for nobody")
    if key == "youth_rate":
        return _("yes") if value else _("no")
    if key == "most_hours_week":
        return _("%(hours)s hours", hours=value) if value else _("20 hours, as most programs have it")
    return str(value)


@rules.app_template_global("lowest_pay")
def lowest_pay() -> int:
    """What a project here has to pay an hour at least, in cents: the school's own or the law's, whichever is higher."""
    return least(rulebook())


@rules.app_template_global("why_lowest_pay")
def why_lowest_pay() -> str:
    """Which of the two counts, and why."""
    now = rulebook()
    law, own, state = now.law_pay_cents, now.minimum_pay_cents, STATES.get(now.state, now.state)
    said = {"state": state, "law": money(law), "own": money(own), "memory": money(now.state_minimum_cents or 0)}
    words = ""
    if law > own:
        words = _("The minimum wage in %(state)s, %(law)s, counts here: it is higher than the school's own lowest, %(own)s.", **said)  # fmt: skip
    elif own > law:
        words = _("The school's own lowest counts: it is higher than the minimum wage that holds, %(law)s.", **said)
    if now.lowest_pay_cents > now.binding_pay_cents:
        memory = _("From memory, %(state)s asks for %(memory)s. Until somebody has looked that up, less than it only warns.", **said)  # fmt: skip
        words = f"{words} {memory}".strip()
    return words


def limit_words(name: str, minutes: int) -> str:
    hours = f"{minutes / 60:g}"
    return translate(LIMIT_WORDS[name], hours=hours, time=clock(minutes))


def step_words(step: Step) -> str:
    facts = step.facts
    key = facts.get("key", "")
    said = {name: in_words(key, facts[name]) if name in facts else "" for name in ("from", "to")}
    return translate(DID.get(step.move, DID["change"]), before=said["from"], after=said["to"])
