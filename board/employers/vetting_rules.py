"""What is asked of an employer before it is trusted, how long that holds, and when it is looked at again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from board.employers.model import Employer, State
from board.employers.vetting_model import ANSWERED, Background, Item, Outcome, VettingItem
from board.school.model import BackgroundAsked
from board.words import N_

REMIND_BEFORE = timedelta(days=30)
RENEW_FROM = timedelta(days=60)  # before the end: from then on what is looked at belongs to the next round
ON_SITE_ONLY = (Item.INSURANCE, Item.VISIT)  # asked of whoever has students at their place

HINTS = {
    Item.EXISTS: N_("Where you looked them up: the state's business registry, a license, years of knowing them. Call the "
                    "number you find yourself, not one they gave."),
    Item.DOMAIN: N_("What you make of the comparison above. A small firm without a website is no worse a firm: then say how "
                    "you know that the address is theirs."),
    Item.ADDRESS: N_("How you know: a letter that came back, a map, a visit."),
    Item.REFERENCES: N_("Whom you asked, when, and what they said, in your own words."),
    Item.RULES: N_("Who of them has read the school's rules for work with students, and when."),
    Item.INSURANCE: N_("What covers a student at work, such as workers' compensation: the insurer, and until when."),
    Item.VISIT: N_("Who went, when, and what they saw."),
}  # fmt: skip


@dataclass(frozen=True)
class Missing:
    """An item in the way of verifying: nobody has looked at it, or what they found is a problem."""

    item: Item
    problem: bool


def asked(on_site: bool) -> list[Item]:
    return [item for item in Item if on_site or item not in ON_SITE_ONLY]


def missing(found: Mapping[str, VettingItem], on_site: bool) -> list[Missing]:
    """What is asked and not settled, in the order of the page. A problem is one whether it was asked or not."""
    wanted = asked(on_site)
    lacking = [Missing(item, False) for item in wanted if item not in found]
    lacking += [Missing(item, True) for item in Item if item in found and found[item].outcome == Outcome.PROBLEM]
    return sorted(lacking, key=lambda one: list(Item).index(one.item))


def years_from(day: date, years: int) -> date:
    """The same day of a later year; 29 February gives 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def fits(until: date, today: date, years: int) -> bool:
    """Whether a check may hold so long: at least over today, at most as long as the school lets one hold."""
    return today <= until <= years_from(today, years)


def is_renewal(employer: Employer, today: date) -> bool:
    """Whether what is looked at now is for the next round: the last one has lapsed, ends soon, or has no known end."""
    if employer.state == State.LAPSED:
        return True
    if employer.state != State.VERIFIED:
        return False
    return employer.verified_until is None or employer.verified_until <= today + RENEW_FROM


def ends_soon(until: date | None, today: date) -> bool:
    """Within the days of the reminder; a check without a known end is due as well."""
    return until is None or until <= today + REMIND_BEFORE


def background_needed(asked_of: BackgroundAsked, on_site: bool) -> bool:
    """Whether the school asks a background check of somebody who supervises such work."""
    return asked_of == BackgroundAsked.ALWAYS or (asked_of == BackgroundAsked.ON_SITE and on_site)


def may_be_vetted(background: str, contact_seen_on: date | None, needed: bool) -> str:
    """Why a supervisor can't be trusted with a student yet, as a marked sentence; "" where they can."""
    if background == Background.NOT_CLEAR:
        return N_("The background check is not clear: nobody can work with this person.")
    if contact_seen_on is None:
        return N_("Reach them at work first, and give the day.")
    if needed and background != Background.CLEAR:
        return N_("The school asks for a background check. Write down its answer first.")
    return ""


def wrong_with_background(background: str, answered_on: date | None, today: date) -> str:
    """Why this can't be kept of a background check, as a marked sentence; "" where it can."""
    if background in ANSWERED and answered_on is None:
        return N_("Give the day of the answer.")
    if answered_on and answered_on > today:
        return N_("That day has not come yet.")
    return ""
