"""The numbers the checks go by, as the school keeps them: federal law, its state's, its own. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from board.checks.results import Source
from board.school.model import LOWEST_AGE

ENGINE = "2026-11.3"  # one more whenever a check itself changes
FEDERAL_MINIMUM_CENTS = 725  # an hour; 29 USC 206(a)(1)
NIGHT = (7 * 60, 19 * 60)  # 14-15: not before, not after; 29 CFR 570.35(a)(6)
SUMMER_NIGHT = 21 * 60  # from June 1 through Labor Day
HARDEST_WEEK = 20  # hours; most programs' limit next to school, where the school sets none

FLSA_HOURS = Source("29 CFR 570.35", "https://www.ecfr.gov/current/title-29/section-570.35")
FLSA_14_15 = Source("29 CFR 570.33–570.34", "https://www.ecfr.gov/current/title-29/section-570.34")
FLSA_ORDERS = Source("29 CFR 570 Subpart E", "https://www.ecfr.gov/current/title-29/part-570/subpart-E")
FLSA_LEARNERS = Source("29 CFR 570.50", "https://www.ecfr.gov/current/title-29/section-570.50")
FLSA_YOUTH_PAY = Source("29 USC 206(g)", "https://www.law.cornell.edu/uscode/text/29/206")
FLSA_PAY = Source("29 USC 206", "https://www.law.cornell.edu/uscode/text/29/206")


@dataclass(frozen=True)
class Limits:
    """What a state asks for an age band on top of federal law. Minutes; None: no limit. `hard`: breaking it blocks."""

    school_day: int | None = None
    free_day: int | None = None
    school_week: int | None = None
    free_week: int | None = None
    earliest: int | None = None  # minutes since midnight
    latest_before_school: int | None = None
    latest: int | None = None  # before a day without school
    hard: bool = False


@dataclass(frozen=True)
class Rulebook:
    """One school's rules. Money in US cents an hour. `sources`: where each value stands, by its key."""

    state: str = ""
    minimum_age: int = LOWEST_AGE
    minimum_pay_cents: int = FEDERAL_MINIMUM_CENTS  # the school's own
    state_minimum_cents: int | None = None
    youth_rate: bool = True  # the state allows the federal youth minimum wage
    most_hours_week: int | None = None  # the school's own, next to school
    limits_14_15: Limits = Limits()
    limits_16_17: Limits = Limits()
    permit_until: int | None = None  # a work permit is needed below this age; None: not needed
    excluded: tuple[str, ...] = ()  # slugs of tasks.py this school does not take at all
    sources: dict[str, Source] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()  # keys nobody here has checked yet

    @property
    def lowest_pay_cents(self) -> int:
        """The highest of the federal, the state's, and the school's own minimum."""
        return max(FEDERAL_MINIMUM_CENTS, self.state_minimum_cents or 0, self.minimum_pay_cents)

    @property
    def law_pay_cents(self) -> int:
        """The minimum wage that blocks: federal, and the state's once somebody has looked it up."""
        state = 0 if "state_minimum_cents" in self.unsure else self.state_minimum_cents or 0
        return max(FEDERAL_MINIMUM_CENTS, state)

    @property
    def binding_pay_cents(self) -> int:
        """Below this nothing can be sent in."""
        return max(self.law_pay_cents, self.minimum_pay_cents)

    @property
    def version(self) -> str:
        """Which rules these are: the engine's own version and a digest of every value."""
        values = asdict(self)
        values.pop("sources")
        digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]
        return f"{ENGINE}/{digest}"
