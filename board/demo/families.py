"""Parents and guardians of the demo: who is written down, and what they answered by link, on a slip, on paper or not yet."""

from board.applications.model import Application
from board.demo.clock import Clock
from board.guardians import actions, reminding
from board.guardians.model import Guardian, GuardianAsk, Source, Word
from board.people.model import Person
from board.placements import guardian_actions, match_actions
from board.placements.model import Placement
from board.postings.model import Posting
from board.school.actions import change_settings
from board.school.model import School

CALL = "Harriet Lindgren, (541) 555-0140"


def write_down(rows: list[dict], people: dict[str, Person], coordinator: Person) -> None:
    """Before anything is applied for, so that each match writes to them by itself."""
    change_settings(School.here(), coordinator, {"guardian_call": CALL})
    for row in rows:
        source = Source.ROSTER if row.get("from_list") else Source.STAFF
        actions.add(people[row["student"]], coordinator, row | {"email": row.get("email")}, source)


def say_yes(placement: Placement, lead: Person, day) -> None:
    """Everybody with an address, by their link; where there is none somebody at school has seen a paper."""
    links = list(GuardianAsk.select().where(GuardianAsk.application == placement.application_id))
    for link in links:
        actions.answer(link, Word.YES, link.guardian.name, link.guardian.language)
    if not links:
        known = Guardian.of(placement.student).first()
        match_actions.record_yes(placement, lead, day, known.name if known else "", known)


def play(told: dict, projects: dict[str, int], people: dict[str, Person], clock: Clock) -> None:
    """What is asked and answered outside of the matches of `placements.toml`, and what the board does by itself.
    `projects`: postings by their key."""
    events = [(row, ask) for row in told["asked"]] + [(row, say) for row in told["said"]]
    for row, happen in sorted(events, key=lambda event: -event[0]["ago"]):
        student = people[row["student"]]
        mine = (Application.posting == projects[row["project"]]) & (Application.student == student)
        happen(row, Application.select(Application, Posting).join(Posting).where(mine).get(), people)
        clock.happened(row["ago"])
    reminding.come_of_age(School.here().today())
    clock.happened(2.9)
    reminding.remind(School.here().today())
    clock.happened(0.5)


def ask(row: dict, application: Application, people: dict[str, Person]) -> None:
    actions.ask(application, people[row["by"]])


def say(row: dict, application: Application, people: dict[str, Person]) -> None:
    if "slip" in row:
        actions.print_slip(application, people[row["slip"]], "en")
    elif "school" in row:
        placement = Placement.get(Placement.application == application)
        guardian_actions.record_school(placement, people["harriet-lindgren"], row["school"], row["words"])
    else:
        guardian = Guardian.get(Guardian.name == row["guardian"])
        link = GuardianAsk.get(GuardianAsk.application == application, GuardianAsk.guardian == guardian)
        name = guardian.name if row["word"] == Word.YES else ""
        actions.answer(link, Word(row["word"]), name, guardian.language, row.get("words", ""))
