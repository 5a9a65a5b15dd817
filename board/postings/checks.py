"""What a teacher would look up by hand, looked up: a few simple checks of a posting before it is approved. Pure."""

from dataclasses import dataclass, field

from board import contact
from board.postings.model import Place
from board.postings.rules import HARDEST_WEEK
from board.words import N_, Labelled


class Level(Labelled):
    PASSED = "passed", N_("Passed")
    LOOK = "look", N_("Look")
    BLOCKS = "blocks", N_("Blocks")


@dataclass(frozen=True)
class Check:
    """One thing looked at: `title` and `words` are marked sentences, `values` go into the words."""

    level: Level
    title: str
    words: str = ""
    values: dict = field(default_factory=dict)


# what students read before anything is agreed; the address and the supervisor have their own check
READ_BY_ALL = (
    "title",
    "summary",
    "description",
    "deliverable",
    "rhythm",
    "paid_how",
    "times",
    "getting_there",
    "ai_note",
)


def checks(values: dict, employer, minimum_pay_cents: int) -> list[Check]:
    """The checks of one posting's text (as in content.py), what needs a look first."""
    found = [
        employer_checked(employer),
        pay(values, minimum_pay_cents),
        hours(values),
        place(values),
        contact_details(values),
    ]
    order = (Level.BLOCKS, Level.LOOK, Level.PASSED)
    return sorted((check for check in found if check), key=lambda check: order.index(check.level))


def employer_checked(employer) -> Check:
    if employer.is_verified:
        return Check(Level.PASSED, N_("Employer checked."), N_("The school has checked who they are."))
    return Check(
        Level.BLOCKS, N_("Employer not checked."), N_("A coordinator checks who they are before a posting can open.")
    )


def pay(values: dict, minimum_pay_cents: int) -> Check:
    title = N_("Pay.")
    cents, hours_of = values.get("pay_cents"), values.get("hours")
    if not cents or not hours_of:
        return Check(Level.LOOK, title, N_("Pay or hours are not given, so it can't be compared."))
    said = {"pay": f"{cents / hours_of / 100:.2f}", "low": f"{minimum_pay_cents / 100:.2f}"}
    if cents < hours_of * minimum_pay_cents:
        return Check(Level.LOOK, title, N_("$%(pay)s an hour is below this school's minimum of $%(low)s."), said)
    return Check(Level.PASSED, title, N_("$%(pay)s an hour; the minimum here is $%(low)s."), said)


def hours(values: dict) -> Check:
    title = N_("Hours a week.")
    total, weeks = values.get("hours"), values.get("weeks")
    if not total or not weeks:
        return Check(Level.LOOK, title, N_("Hours or weeks are not given."))
    each = f"{total / weeks:.1f}".removesuffix(".0")
    if total / weeks > HARDEST_WEEK:
        return Check(
            Level.LOOK, title, N_("About %(hours)s a week: more than %(most)s next to school."),
            {"hours": each, "most": HARDEST_WEEK},
        )  # fmt: skip
    return Check(Level.PASSED, title, N_("About %(hours)s a week."), {"hours": each})


def place(values: dict) -> Check:
    title = N_("Where and with whom.")
    where = values.get("place")
    if where == Place.REMOTE:
        return Check(Level.PASSED, title, N_("Remote: nobody has to travel."))
    if not where:
        return Check(Level.LOOK, title, N_("The place is not given."))
    supervisor = values.get("supervisor")
    if not values.get("address"):
        return Check(Level.LOOK, title, N_("Not remote, and no address is given."))
    if not supervisor:
        return Check(Level.LOOK, title, N_("Not remote, and no worksite supervisor is named."))
    return Check(
        Level.PASSED,
        title,
        N_("The address is given, and %(name)s is the worksite supervisor."),
        {"name": supervisor["name"]},
    )


def contact_details(values: dict) -> Check:
    texts = [str(values.get(key) or "") for key in READ_BY_ALL]
    texts += [row["title"] for row in values.get("milestones") or []] + list(values.get("questions") or [])
    hits = list(dict.fromkeys(words for text in texts for _, words in contact.found(text)))
    if hits:
        return Check(
            Level.LOOK, N_("Contact details in the text."),
            N_("“%(found)s”: students and employers meet through the board."), {"found": "”, “".join(hits[:5])},
        )  # fmt: skip
    return Check(Level.PASSED, N_("No contact details in the text."))
