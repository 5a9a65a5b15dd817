"""What a person asks for, as an address says it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from board.postings.model import HOURS, Place
from board.search.text import tidy

SORTS = ("best", "new", "closing", "pay")
MOST_FIELDS, MOST_SKILLS, MOST_PAY, MOST_PAGES, LONGEST_LIKE = 20, 10, 1000, 100_000, 60
SLUG = re.compile(r"[a-z0-9-]{1,80}")
NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Criteria:
    """Fields are alternatives, skills are all asked for; hours at most, pay in dollars an hour at least."""

    q: str = ""
    fields: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    hours: int | None = None
    pay: int | None = None
    place: str | None = None
    sort: str = "best"
    page: int = 1
    first: bool = False  # "first project welcome" alone
    may: bool = False  # those the reader may apply to by age and grade
    verbatim: bool = False  # the words as typed, nothing corrected
    like: str = ""  # which skills to list among the filters; no part of what is asked for

    @classmethod
    def of(cls, args: dict[str, list[str]]) -> "Criteria":
        """From an address. What makes no sense is left out rather than refused."""

        def first(name: str) -> str:
            return (args.get(name) or [""])[0].strip()

        def number(name: str, most: int) -> int | None:
            typed = first(name)
            return int(typed) if NUMBER.fullmatch(typed) and 0 < int(typed) <= most else None

        def slugs(name: str, most: int) -> tuple[str, ...]:
            return tuple(dict.fromkeys(slug for slug in args.get(name, ()) if SLUG.fullmatch(slug)))[:most]

        place = "-".join(first("place").lower().split())
        sort = first("sort")
        return cls(
            q=tidy((args.get("q") or [""])[0]),
            fields=slugs("field", MOST_FIELDS),
            skills=slugs("skill", MOST_SKILLS),
            hours=number("hours", HOURS[1]),
            pay=number("pay", MOST_PAY),
            place=place if place in set(Place) else None,
            sort=sort if sort in SORTS else "best",
            page=number("page", MOST_PAGES) or 1,
            first=first("first") == "1",
            may=first("may") == "1",
            verbatim=first("verbatim") == "1",
            like=tidy(first("like"))[:LONGEST_LIKE],
        )

    def but(self, **changes) -> "Criteria":
        """The same with changes, from its first page."""
        return replace(self, **({"page": 1} | changes))

    def args(self, **changes) -> list[tuple[str, str]]:
        """The parameters of the address that says this, in a fixed order, with changes."""
        new = self.but(**changes)
        return [pair for _, pairs in new.parts() for pair in pairs]

    def parts(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The parameters of each facet, in the order of the address."""
        yield "q", [("q", self.q)] if self.q else []
        yield "field", [("field", slug) for slug in self.fields]
        yield "skill", [("skill", slug) for slug in self.skills]
        for name in ("hours", "pay", "place"):
            yield name, [(name, str(getattr(self, name)))] if getattr(self, name) else []
        for name in ("first", "may"):
            yield name, [(name, "1")] if getattr(self, name) else []
        yield "verbatim", [("verbatim", "1")] if self.verbatim and self.q else []
        yield "sort", [("sort", self.sort)] if self.sort != "best" else []
        yield "page", [("page", str(self.page))] if self.page > 1 else []

    def query_string(self, **changes) -> str:
        """The same as the end of an address: "?q=poster&place=remote", or nothing."""
        pairs = self.args(**changes)
        return f"?{urlencode(pairs)}" if pairs else ""

    def toggled(self, kind: str, value: str) -> dict:
        """The change that a click on a choice makes: picked or no longer picked."""
        if kind in ("field", "skill"):
            name = f"{kind}s"
            now: tuple[str, ...] = getattr(self, name)
            return {name: tuple(slug for slug in now if slug != value) if value in now else (*now, value)}
        if kind in ("first", "may"):
            return {kind: not getattr(self, kind)}
        new: int | str = int(value) if kind in ("hours", "pay") else value
        return {kind: None if getattr(self, kind) == new else new}

    def unfiltered(self) -> "Criteria":
        """The words and the order alone."""
        return self.but(fields=(), skills=(), hours=None, pay=None, place=None, first=False, may=False)

    @property
    def is_filtered(self) -> bool:
        return bool(self.fields or self.skills or self.hours or self.pay or self.place or self.first or self.may)


class Links:
    """The addresses one click away from a search. The same as `query_string`, many times as quick."""

    def __init__(self, path: str, criteria: Criteria):
        self.path, self.criteria = path, criteria
        self.parts = {name: urlencode(pairs) for name, pairs in criteria.but().parts()}
        self.kept: dict[str, tuple[str, list[str], str]] = {}
        self.kept_in_html: dict[str, tuple[str, list[str], str]] = {}

    def toggled(self, kind: str, value: str) -> str:
        """That of `query_string(**toggled(...))`. Slugs and numbers need no quoting."""
        before, picked, after = self.kept.get(kind) or self.around(kind)
        new = f"{kind}={value}"
        if new in picked:
            return self.path + self.criteria.query_string(**self.criteria.toggled(kind, value))
        return f"{before}{new}{after}"

    def toggled_in_html(self, kind: str, value: str) -> str:
        """The same, as an attribute holds it."""
        around = self.kept_in_html.get(kind)
        if around is None:
            before, picked, after = self.kept.get(kind) or self.around(kind)
            around = self.kept_in_html[kind] = in_html(before), picked, in_html(after)
        before, picked, after = around
        new = f"{kind}={value}"
        return in_html(self.toggled(kind, value)) if new in picked else f"{before}{new}{after}"

    def page(self, number: int) -> str:
        before, _, after = self.kept.get("page") or self.around("page")
        return f"{before}page={number}{after}" if number > 1 else self.path + self.criteria.query_string(page=1)

    def around(self, kind: str) -> tuple[str, list[str], str]:
        """What comes before one more choice of a kind, what is picked of it, and what comes after."""
        names = list(self.parts)
        at = names.index(kind)
        stays = at + 1 if kind in ("field", "skill") else at  # the others take the place of what is picked
        before, after = (
            "".join(f"{part}&" for part in map(self.parts.__getitem__, some) if part)
            for some in (names[:stays], names[at + 1 :])
        )
        picked = self.parts[kind].split("&")
        found = self.kept[kind] = f"{self.path}?{before}", picked, f"&{after[:-1]}" if after else ""
        return found


def in_html(address: str) -> str:
    """As an attribute holds it: there is one sign in an address that means something there."""
    return address.replace("&", "&amp;")
