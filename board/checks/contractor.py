"""R15: facts that look like employment where the student is said to be a contractor. The board asks, and never decides.

Pure. The facts are those of 29 CFR 795.110 that a posting can show: who sets the times, what is paid for, whose tools
they are, and whether the work has an end.
"""

import re
from collections.abc import Iterator

from board.checks.facts import Project
from board.checks.results import Level, Result, Source
from board.words import N_

TITLE = N_("Employee or contractor.")
LAW = Source("29 CFR 795.110", "https://www.ecfr.gov/current/title-29/section-795.110")
MONEY = r"[$]\s?\d[\d.,]*"
BY_THE_HOUR = re.compile(
    rf"{MONEY}\s*(?:per|an|a|each|every|/)\s*h(?:ou)?rs?\b|\bhourly\s+(?:pay|rate|wages?|basis)\b|\bpa(?:id|y)\s+(?:hourly|by\s+the\s+hour)\b"
    rf"|\bpa(?:id|y)\s+for\s+each\s+hour\b|{MONEY}\s*(?:la|por|/)\s*hora\b|\bpago\s+por\s+horas?\b|\bse\s+paga\s+por\s+horas?\b",
    re.I,
)
THINGS = (
    r"(?:laptops?|computers?|tablets?|phones?|cameras?|van|truck|equipment|tools|machines?|workstations?|uniforms?)"
)
THEIR_TOOLS = re.compile(
    rf"\b(?:our|company|shop)(?:\s+own)?[\s-]+(?!\w*\s*(?:shop|store|brand|page)\b){THINGS}\b"
    rf"|\b(?:we|you\s+are|you\s+will\s+be|the\s+\w+\s+is)\s+(?:provide|lend|give|supply|given|lent|provided)\s+(?:you\s+)?(?:with\s+)?(?:all\s+|a\s+|an\s+|the\s+)?{THINGS}\b"
    rf"|\b{THINGS}\s+(?:is|are|will\s+be)\s+(?:provided|supplied)\b"
    r"|\bnuestr[ao]s?\s+(?:computadoras?|herramientas|m[aá]quinas?|c[aá]maras?|uniformes?)\b"
    r"|\b(?:te|le)\s+(?:damos|prestamos)\s+(?:una?|el|la|las|los)\s+(?:computadora|laptop|c[aá]mara|herramientas|uniforme)\b",
    re.I,
)  # fmt: skip
GOES_ON = re.compile(
    r"\bon-?\s?going\b|\blong[\s-]term\b|\bopen[\s-]ended\b|\bindefinite(?:ly)?\b|\bpermanent\s+(?:position|job|role|work)\b"
    r"|\b(?:may|can|could|might|will)\s+(?:be\s+extended|turn\s+into|become\s+(?:a|an)\s+\w*\s?(?:job|position))\b"
    r"|\b(?:regular|weekly)\s+shifts?\b|\ba\s+largo\s+plazo\b|\btrabajo\s+permanente\b|\btiempo\s+indefinido\b",
    re.I,
)
IN_WORDS = (
    ("hourly", BY_THE_HOUR, N_("“%(text)s”: a contractor is paid for a result. Pay by the hour looks like employment.")),
    ("tools", THEIR_TOOLS, N_("“%(text)s”: a contractor works with their own tools. Using yours looks like employment.")),
    ("ongoing", GOES_ON, N_("“%(text)s”: a contractor finishes one piece of work. Work that goes on looks like employment.")),
)  # fmt: skip


def standing_as(project: Project) -> list[Result]:
    """One line for each fact, the last of them with what to do about it."""
    if project.worker_kind != "contractor":
        return []
    found = list(facts(project))
    change = N_("Ask whoever does your payroll: a student is usually an employee then.")
    return [
        Result("R15", Level.WARNS, TITLE, words, said, change if mark == found[-1][0] else "", LAW, "worker_kind", f"R15:{mark}")
        for mark, words, said in found
    ]  # fmt: skip


def facts(project: Project) -> Iterator[tuple[str, str, dict]]:
    if project.sessions:
        yield "times", N_("You set the times. A contractor with fixed times looks like an employee."), {}
    for mark, pattern, words in IN_WORDS:
        match = next((match for text in project.texts.values() if (match := pattern.search(text))), None)
        if match:
            yield mark, words, {"text": " ".join(match.group().split())}
