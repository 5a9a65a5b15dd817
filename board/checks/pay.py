"""Pay for an hour: R12, R13, and that there is any (R14). Pure."""

from datetime import date

from board.checks.facts import Project
from board.checks.plan import plan_of
from board.checks.results import Level, Result
from board.checks.rulebook import FLSA_PAY, FLSA_YOUTH_PAY, Rulebook
from board.words import N_

TITLE = N_("Pay.")
YOUTH_CENTS, YOUTH_DAYS, YOUTH_UNTIL = 425, 90, 20  # 29 USC 206(g): the first 90 days with an employer, under 20


def dollars(cents: float) -> str:
    return f"{cents / 100:.2f}"


def least(rules: Rulebook) -> int:
    """Cents an hour below which nothing can be sent in, whoever does the work."""
    return max(rules.minimum_pay_cents, YOUTH_CENTS) if rules.youth_rate else rules.binding_pay_cents


def pay(project: Project, rules: Rulebook, age: int, began: date | None = None) -> list[Result]:
    """The pay of the whole project over its estimated hours. `age`: on its last day; `began`: the first day of work
    for this employer, in an earlier project."""
    cents, hours = project.pay_cents, project.hours
    if cents is not None and cents <= 0:
        words = N_("This board is for paid work: a project without pay can't be posted.")
        return [Result("R14", Level.BLOCKS, TITLE, words, change=N_("Give the pay for the whole project."), key="pay_cents", mark="R14:pay")]  # fmt: skip
    if not cents or not hours:
        words = N_("Without both the pay and the hours, nobody can tell what it pays an hour.")
        return [Result("R12", Level.WARNS, TITLE, words, key="pay_cents" if hours else "hours", mark="R12:unknown")]
    said = {"pay": dollars(cents / hours), "low": dollars(rules.minimum_pay_cents), "need": dollars(hours * rules.binding_pay_cents)}  # fmt: skip
    more = N_("Pay $%(need)s or more for the whole project, or plan fewer hours.")
    is_contractor = project.worker_kind == "contractor"  # whom no law gives a minimum wage, but the school does
    if cents < hours * rules.minimum_pay_cents and (is_contractor or rules.minimum_pay_cents >= least(rules)):
        said["need"] = dollars(hours * (rules.minimum_pay_cents if is_contractor else rules.binding_pay_cents))
        words = N_("This works out at $%(pay)s an hour; the lowest this school allows is $%(low)s.")
        return [Result("R12", Level.BLOCKS, TITLE, words, said, more, rules.sources.get("minimum_pay_cents"), "pay_cents", "R12:school")]  # fmt: skip
    if is_below_the_law(project, rules):
        said |= {"low": dollars(rules.law_pay_cents), "state": rules.state}
        return [below_the_law(project, rules, age, began, said, more)]
    if cents < hours * (rules.state_minimum_cents or 0):
        words = N_(
            "This works out at $%(pay)s an hour; as far as we know, the minimum wage in %(state)s is $%(low)s. Please check."
        )
        told = said | {"low": dollars(rules.state_minimum_cents or 0), "state": rules.state}
        return [Result("R12", Level.WARNS, TITLE, words, told, more, rules.sources.get("state_minimum_cents"), "pay_cents", "R12:memory")]  # fmt: skip
    fixed = fixed_hours(project)
    if fixed > hours * 1.25 and cents < fixed * least(rules):  # visits may end before the last day: a teacher looks
        words = N_("The fixed times alone come to %(hours)s hours: that is $%(pay)s an hour, and the lowest allowed is $%(low)s.")  # fmt: skip
        more = N_("Pay $%(need)s or more for the whole project, or plan fewer times.")
        said |= {"hours": f"{fixed:g}", "pay": dollars(cents / fixed), "low": dollars(least(rules)), "need": dollars(fixed * least(rules))}  # fmt: skip
        return [Result("R12", Level.WARNS, TITLE, words, said, more, FLSA_PAY, "pay_cents", "R12:times")]
    words = N_("$%(pay)s an hour; the minimum here is $%(low)s.")
    return [Result("R12", Level.PASSED, TITLE, words, said | {"low": dollars(rules.lowest_pay_cents)}, key="pay_cents")]


def fixed_hours(project: Project) -> float:
    """What the fixed times come to from the first to the last day: an estimate below them hides low pay."""
    plan = plan_of(project) if project.sessions else None
    return sum(plan.by_day.values()) / 60 if plan else 0


def is_below_the_law(project: Project, rules: Rulebook) -> bool:
    return bool(project.pay_cents and project.hours) and project.pay_cents < project.hours * rules.law_pay_cents


def youth_wage_ends(first: date | None, last: date | None) -> bool:
    """Whether its 90 days are over by the last day of the work. `first`: with this employer."""
    return bool(first and last) and (last - first).days >= YOUTH_DAYS


def below_the_law(project: Project, rules: Rulebook, age: int, began: date | None, said: dict, more: str) -> Result:
    """R12, and R13 where the youth minimum wage may hold. A contractor has no minimum wage, and a teacher looks."""
    cents, hours = project.pay_cents or 0, project.hours or 1
    source = rules.sources.get("state_minimum_cents", FLSA_PAY) if rules.state_minimum_cents else FLSA_PAY
    words = N_("This works out at $%(pay)s an hour; the minimum wage is $%(low)s.")
    if project.worker_kind == "contractor":
        return Result("R12", Level.WARNS, TITLE, words, said, more, source, "pay_cents", "R12:contractor")
    if not rules.youth_rate or cents < hours * YOUTH_CENTS or age >= YOUTH_UNTIL:
        return Result("R12", Level.BLOCKS, TITLE, words, said, more, source, "pay_cents", "R12:law")
    if youth_wage_ends(began or project.starts_on, project.due_on or project.starts_on):
        words = N_("$%(pay)s an hour is below the minimum wage of $%(low)s, and the youth minimum wage ends 90 days after the first day with an employer.")  # fmt: skip
        return Result("R13", Level.BLOCKS, TITLE, words, said, more, FLSA_YOUTH_PAY, "pay_cents", "R13:days")
    words = N_("$%(pay)s an hour is below the minimum wage of $%(low)s. The youth minimum wage allows it only under 20 and in the first 90 days with an employer.")  # fmt: skip
    return Result("R13", Level.WARNS, TITLE, words, said, more, FLSA_YOUTH_PAY, "pay_cents", "R13:youth")
