"""Papers and people: work permits (R16), a parent's or guardian's yes (R17), and whether the school's check of the
employer and the supervisor stands (R19). Pure."""

from board.checks.facts import Project, Worker
from board.checks.hours import AGE
from board.checks.results import Level, Result, Stage
from board.checks.rulebook import Rulebook
from board.words import N_

ADULT = 18


def permit(rules: Rulebook, age: int, worker: Worker | None, stage: Stage) -> list[Result]:
    """R16: before the first day; until then it is something to know."""
    title = N_("Work permit.")
    if rules.permit_until is None or age >= rules.permit_until:
        return []
    said, source = {"age": rules.permit_until}, rules.sources.get("permit_until")
    if worker and worker.has_permit:
        return [Result("R16", Level.PASSED, title, N_("The work permit is on file."), said, source=source)]
    words = N_("Students under %(age)s need a work permit before the first day.")
    level = Level.BLOCKS if stage == Stage.START and worker else Level.WARNS
    return [Result("R16", level, title, words, said, N_("The student asks for it at school. It can take a week."), source, AGE, "R16")]  # fmt: skip


def guardian(age: int, worker: Worker | None, stage: Stage) -> list[Result]:
    """R17: under 18, before contact is shared and work starts."""
    if stage != Stage.START or worker is None or age >= ADULT:
        return []
    title = N_("Parent or guardian.")
    if worker.guardian_stands:
        return [Result("R17", Level.PASSED, title, N_("A parent or guardian has said yes."))]
    return [Result("R17", Level.BLOCKS, title, N_("No parent or guardian has said yes yet."), mark="R17")]


def employer(project: Project, stage: Stage) -> list[Result]:
    """R19. Anybody may send a posting in; it opens once the school knows who they are."""
    if not project.employer_stands:
        words = N_("A coordinator checks who they are before a posting can open.")
        level = Level.WARNS if stage == Stage.SUBMIT else Level.BLOCKS
        return [Result("R19", level, N_("Employer not checked."), words, mark="R19:employer")]
    if not project.supervisor_stands:
        words = N_("The school has not checked the worksite supervisor yet.")
        level = Level.WARNS if stage == Stage.SUBMIT else Level.BLOCKS
        return [Result("R19", level, N_("Supervisor not checked."), words, key="supervisor", mark="R19:supervisor")]
    return [Result("R19", Level.PASSED, N_("Employer checked."), N_("The school has checked who they are."))]
