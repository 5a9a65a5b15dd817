"""The rules and the calendar of this school, as the checks read them: what is shipped for its state, and over it what
somebody at school has changed or looked up."""

import json

from board.asked import of_frame
from board.checks.facts import Span, Year
from board.checks.model import Rule
from board.checks.results import Source
from board.checks.rulebook import Limits, Rulebook
from board.checks.states import BANDS, KEYS, STATE_KEYS, Shipped, shipped
from board.school.model import Period, PeriodKind, School, Term


def rulebook() -> Rulebook:
    """Kept until anything is written."""
    return of_frame.unchanged("rulebook", _rulebook)


def _rulebook() -> Rulebook:
    school = School.here()
    if school is None:
        return Rulebook()
    rows = kept(school)
    values, sources, unsure = {}, {}, []
    for key in KEYS:
        row, begun = rows.get(key), shipped(school.state, key)
        values[key] = json.loads(row.value) if row else begun.value
        sources[key] = Source(row.source, row.address) if row and row.source else Source(begun.source, begun.address)
        if key in STATE_KEYS and not is_sure(row, begun):
            unsure.append(key)
    for key in BANDS:
        values[key] = Limits(**(values[key] or {}), hard=key not in unsure)
    return Rulebook(
        **{key: value for key, value in values.items() if key not in ("minimum_age", "minimum_pay_cents", "excluded", "permit_until")},
        state=school.state, minimum_age=school.minimum_age, minimum_pay_cents=school.minimum_pay_cents,
        permit_until=values["permit_until"] or None, excluded=tuple(values["excluded"] or ()), unsure=tuple(unsure),
        sources={key: source for key, source in sources.items() if source.name},
    )  # fmt: skip


def is_sure(row: Rule | None, begun: Shipped) -> bool:
    """Somebody here has looked it up, or it was looked up before it was shipped and stands as it was shipped."""
    if row is None:
        return begun.sure
    return bool(row.reviewed_on) or (begun.sure and json.loads(row.value) == begun.value)


def kept(school: School) -> dict[str, Rule]:
    """What the school keeps itself, by key: of its state, and its own."""
    return {row.key: row for row in Rule.select().where(Rule.state.in_(("", school.state)))}


def year() -> Year:
    """Kept until anything is written."""
    return of_frame.unchanged("school year", _year)


def _year() -> Year:
    rows = Period.select(Period.kind, Period.first_on, Period.last_on, Period.name).order_by(Period.first_on).tuples()
    spans = [(kind, Span(first, last, name)) for kind, first, last, name in rows]
    terms = Term.select(Term.first_on, Term.last_on, Term.name).order_by(Term.first_on).tuples()
    school = School.here()
    more = {"bell": (school.bell[0], school.bell[1])} if school and school.bell else {}
    return Year(
        terms=tuple(Span(first, last, name) for first, last, name in terms),
        free=tuple(span for kind, span in spans if kind in (PeriodKind.HOLIDAY, PeriodKind.SUMMER)),
        busy=tuple(span for kind, span in spans if kind in (PeriodKind.FINALS, PeriodKind.TESTING)),
        **more,
    )
