"""How the demo school has checked its employers: what was looked at, who supervises, and until when it holds."""

from datetime import timedelta

from board.employers import vetting_actions
from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import Background, Item, Outcome, SupervisorCheck, Vetting
from board.people.model import Person
from board.school.model import School

SEEN = {
    Item.EXISTS: (
        "In the state's business registry, active for more than ten years.",
        "Found their entry at the Chamber of Commerce and called the number there.",
        "Part of the city: named in this year's budget.",
    ),
    Item.DOMAIN: (
        "The same domain on the shop window, the website and the mail.",
        "Their front desk answered from it within the hour.",
    ),
    Item.ADDRESS: ("Drove past on Tuesday: a sign, a door, people.", "The letter with the school's rules was answered from there."),
    Item.REFERENCES: (
        "Asked the counselor at Millbrook High in September: two students, both happy.",
        "Asked two parents whose children worked there last summer.",
        "Asked the librarian who ran the reading week with them: on time, friendly, clear.",
    ),
    Item.RULES: ("Read and signed by the owner, in the binder.", "Went through them together on the phone."),
    Item.INSURANCE: ("Workers' compensation seen, good through next June.", "Covered by the district's policy for visits and internships."),
    Item.VISIT: ("Ms. Lindgren went: bright rooms, glass doors, never one adult alone.", "Mr. Petrov went with his class in October."),
}  # fmt: skip


def check(number: int, employer: Employer, row: dict, coordinator: Person) -> None:
    """Everything that is asked, and the supervisors but those who wait."""
    for item, words in SEEN.items():
        if item in (Item.INSURANCE, Item.VISIT) and number % 3 == 2:
            vetting_actions.check(employer, coordinator, item, Outcome.NOT_NEEDED, "They offer remote work only.")
        else:
            vetting_actions.check(employer, coordinator, item, Outcome.FINE, words[number % len(words)])
    for named in row["supervisors"]:
        person = Supervisor.get(Supervisor.employer == employer, Supervisor.name == named["name"])
        day = School.here().today()
        if named.get("waits"):
            vetting_actions.check_supervisor(person, coordinator, Background.ASKED, contact_seen_on=day)
        else:
            vetting_actions.check_supervisor(
                person, coordinator, Background.CLEAR, day, "District fingerprint check", day
            )
            vetting_actions.vet(person, coordinator)


def begin(employer: Employer, row: dict, coordinator: Person) -> None:
    """A check that has been begun: what the file says was looked at."""
    for item, words in row.get("looked_at", {}).items():
        vetting_actions.check(employer, coordinator, item, Outcome.FINE, words)


def set_days(employer: Employer, row: dict, days_ago: float) -> None:
    """A check made so many days ago holds a year from then; one ends as soon as the file says."""
    day = School.here().today()
    made = day - timedelta(days=round(days_ago))
    until = (
        day + timedelta(days=row["check_ends_in_days"]) if "check_ends_in_days" in row else made + timedelta(days=365)
    )
    Employer.update(verified_until=until).where(Employer.id == employer.id).execute()
    Vetting.update(until=until).where(Vetting.employer == employer).execute()
    own = Supervisor.select(Supervisor.id).where(Supervisor.employer == employer)
    rows = SupervisorCheck.supervisor.in_(own)
    SupervisorCheck.update(contact_seen_on=made).where(rows).execute()
    SupervisorCheck.update(background_on=made).where(rows, SupervisorCheck.background_on.is_null(False)).execute()
    SupervisorCheck.update(vetted_until=until).where(rows, SupervisorCheck.vetted_until.is_null(False)).execute()
