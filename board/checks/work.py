"""What the student does, where and with whom: R8, R9, R11 and R18, and what this school does not take at all. Pure."""

from board.checks.facts import Project
from board.checks.hours import AGE
from board.checks.results import Level, Result
from board.checks.rulebook import FLSA_14_15, FLSA_LEARNERS, FLSA_ORDERS, Rulebook
from board.checks.tasks import BY_SLUG, ORDERS, Task
from board.words import N_, Marked

ADULT, LEARNER, DRIVER = 18, 16, 17
TITLE, WHERE = N_("What the student does."), N_("Where and with whom.")
OLDER_OR_OUT = N_("Make it %(older)s+ or take “%(task)s” out of the work.")
OLDER_OR_LEARNER = N_("Make it %(older)s+ or take “%(task)s” out of the work. At 16 and 17 only student learners may, under a written agreement with the school.")  # fmt: skip


def tasks(project: Project, rules: Rulebook, age: int, label: str) -> list[Result]:
    """Each task against the youngest age that may do it."""
    if not project.tasks:
        words = N_("Nobody has said yet what the student does.")
        return [Result("R9", Level.WARNS, TITLE, words, change=N_("Tick what the student does from the list."), key="tasks", mark="R9")]  # fmt: skip
    known = [BY_SLUG[slug] for slug in project.tasks if slug in BY_SLUG]
    found = [result for task in known for result in one_task(task, rules, age, label)]
    if not found:
        words = N_("Nothing in it is closed to students of %(age)s.")
        return [Result("R9", Level.PASSED, TITLE, words, {"age": label}, source=FLSA_14_15 if age < LEARNER else FLSA_ORDERS, key="tasks")]  # fmt: skip
    return found


def one_task(task: Task, rules: Rulebook, age: int, label: str) -> list[Result]:
    said = {"age": label, "task": Marked(task.words), "older": task.lowest}
    if task.slug in rules.excluded:
        words = N_("This school takes no work with “%(task)s”.")
        return [Result("school", Level.BLOCKS, TITLE, words, said, N_("Take it out of the work."), rules.sources.get("excluded"), "tasks", f"school:{task.slug}")]  # fmt: skip
    if 2 in task.orders:
        return driving(task, age, said)
    if task.orders and age < ADULT:
        return [order(task, age, said)]
    if age >= task.lowest:
        return []
    mark = f"R9:{task.slug}"
    if task.lowest >= ADULT:
        words = N_("“%(task)s” is not open to students under 18.")
        return [Result("R9", Level.BLOCKS, TITLE, words, said, OLDER_OR_OUT, None, AGE, mark)]
    if age < LEARNER:
        words = N_("“%(task)s” is not on the federal list of what 14- and 15-year-olds may do.")
        if task.lowest < LEARNER:
            words = N_("“%(task)s” is allowed from age %(older)s.")
        return [Result("R9", Level.BLOCKS, TITLE, words, said, OLDER_OR_OUT, FLSA_14_15, AGE, mark)]
    words = N_("“%(task)s” is allowed from age %(older)s.")
    return [Result("R9", Level.BLOCKS, TITLE, words, said, OLDER_OR_OUT, None, AGE, mark)]


def order(task: Task, age: int, said: dict) -> Result:
    """R8: a hazardous order. Some let student learners of 16 and 17 do it, if a teacher says why."""
    number = next((one for one in task.orders), 0)
    said = said | {"number": number, "order": Marked(ORDERS[number]), "older": ADULT}
    mark = f"R8:{task.slug}"
    words = N_("“%(task)s” falls under federal hazardous order %(number)s (%(order)s): nobody under 18 may do it.")
    if task.for_learners and age >= LEARNER:
        change = N_("Make it 18+. Or say why it is allowed here: each student is a student learner with a written agreement, and the work is short, supervised, and part of their training.")  # fmt: skip
        return Result("R8", Level.REASON, TITLE, words, said, change, FLSA_LEARNERS, AGE, mark)
    change = OLDER_OR_LEARNER if task.for_learners else OLDER_OR_OUT
    return Result("R8", Level.BLOCKS, TITLE, words, said, change, FLSA_ORDERS, AGE, mark)


def driving(task: Task, age: int, said: dict) -> list[Result]:
    """R11: nobody under 17; at 17 only by the way, by day, with a license; 29 CFR 570.52."""
    if age >= ADULT:
        return []
    if age < DRIVER:
        words = N_("Nobody under 17 may drive for work or ride on the outside of a vehicle.")
        return [Result("R11", Level.BLOCKS, TITLE, words, said | {"older": ADULT}, OLDER_OR_OUT, FLSA_ORDERS, AGE, f"R11:{task.slug}")]  # fmt: skip
    words = N_("At 17, driving for work is allowed only now and then, by daylight, in a light vehicle, with a license and seat belts.")  # fmt: skip
    change = N_("Make it 18+. Or say how little driving there is, and that the student has a license.")
    return [Result("R11", Level.REASON, TITLE, words, said, change, FLSA_ORDERS, AGE, f"R11:{task.slug}")]


def place(project: Project) -> list[Result]:
    """R18. What nobody was asked (a list from elsewhere) is something to look at, not a no."""
    if project.place not in ("on-site", "hybrid"):
        if not project.place:
            return [Result("R18", Level.WARNS, WHERE, N_("The place is not given."), key="place", mark="R18:place")]
        return [Result("R18", Level.PASSED, WHERE, N_("Remote: nobody has to travel."), key="place")]
    lacking = Level.WARNS if not project.tasks else Level.BLOCKS
    found = []

    def say(level: Level, key: str, words: str, change: str) -> None:
        found.append(Result("R18", level, WHERE, words, change=change, key=key, mark=f"R18:{key}"))

    if not project.address:
        say(lacking, "address", N_("The work is not remote, and there is no address."), N_("Give the address."))
    if not project.supervisor:
        say(lacking, "supervisor", N_("The work is not remote, and no worksite supervisor is named."), N_("Name the adult the student works with."))  # fmt: skip
    if project.alone == "sometimes":
        say(Level.BLOCKS, "alone", N_("The student would be alone with one adult where nobody sees them."), N_("Make sure that others are around, or can come in at any time."))  # fmt: skip
    if project.premises == "home":
        say(Level.REASON, "premises", N_("The work is in somebody's home."), N_("Move it to a workplace or a public place. Or say why it is safe: who else is there, and what the family knows."))  # fmt: skip
    if not found and (project.premises is None or project.alone is None):
        say(Level.WARNS, "premises", N_("Nobody has said yet what kind of place it is, and who else is around."), N_("Say it beside the address."))  # fmt: skip
    if not found:
        return [Result("R18", Level.PASSED, WHERE, N_("The address is given, a worksite supervisor is named, and others are around."), key="place")]  # fmt: skip
    return found
