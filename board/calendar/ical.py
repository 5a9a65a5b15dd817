"""Days as iCalendar (RFC 5545): whole-day events, each under a name of its own that stays the same."""

from datetime import datetime, timedelta

from board.calendar.days import Day

AGAIN = timedelta(hours=6)  # how often a calendar program should look


def drawn(days: list[Day], name: str, base_url: str, host: str, at: datetime) -> bytes:
    """The calendar as it is sent. `at`: now, in UTC without a zone; addresses begin with `base_url`."""
    from icalendar import Calendar, Event  # 5 MB, and most processes never need it

    made = Calendar()
    made.add("prodid", "-//Project board//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", AGAIN, {"value": "DURATION"})
    made.add("x-published-ttl", f"PT{int(AGAIN.total_seconds() // 3600)}H")
    for day in days:
        event = Event()
        event.add("uid", f"{day.id}@{host}")
        event["dtstamp"] = f"{at:%Y%m%dT%H%M%SZ}"
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.words)
        event.add("url", base_url + day.path)
        event.add("description", base_url + day.path)
        event.add("transp", "TRANSPARENT")  # a day to remember, not a day that is taken
        made.add_component(event)
    return made.to_ical()
