"""The public holidays of a state, from a library that is kept up to date: what a coordinator picks from."""

from dataclasses import dataclass
from datetime import date, timedelta

WINDOW = timedelta(days=400)  # from today on: the rest of this school year and the next


@dataclass(frozen=True)
class Holiday:
    """One day. `federal`: schools are mostly closed then; others are the state's own."""

    day: date
    name: str
    federal: bool


def of_state(state: str, today: date) -> list[Holiday]:
    """Those that lie ahead on a weekday, in order. Names are English, as in the calendars of the states."""
    import holidays  # loaded when somebody picks, not with the board

    years = range(today.year, (today + WINDOW).year + 1)
    if state == "PR":  # a country of its own in that library
        own, federal = holidays.country_holidays("PR", years=years), holidays.country_holidays("US", years=years)
    else:
        own = holidays.country_holidays("US", subdiv=state, years=years)
        federal = holidays.country_holidays("US", years=years)
    ahead = (day for day in sorted(own) if today <= day <= today + WINDOW and day.weekday() < 5)
    return [Holiday(day, own[day], day in federal) for day in ahead]
