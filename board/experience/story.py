"""What happened to an experience, for its student and the school: who shared it when, and on whose yes.

These are Steps of the placement; its own history, which the employer reads too, leaves them out.
"""

from datetime import date

from flask_babel import gettext as _

from board.drawing import day
from board.experience.model import Experience
from board.moves import Step
from board.people.model import Person

SAID = {
    "keep": lambda facts: _("signed off: it became an experience"),
    "vouch": lambda facts: _("vouched for skills"),
    "share": lambda facts: _("made it public"),
    "stop_sharing": lambda facts: _("withdrew the public page"),
    "sharing_yes": lambda facts: _("saw a parent’s or guardian’s yes to sharing, signed %(day)s", day=day(date.fromisoformat(facts["day"]))),
    "sharing_no": lambda facts: _("wrote down that a parent or guardian no longer agrees to sharing"),
}  # fmt: skip


def story_of(experience: Experience) -> list[tuple]:
    """(when, who, what), oldest first."""
    steps = Step.select(Step, Person).left_outer_join(Person).where(
        Step.noun == "placement", Step.noun_id == experience.placement_id, Step.move.in_(list(SAID))
    )  # fmt: skip
    return [
        (step.at, step.person.name if step.person else _("The board"), SAID[step.move](step.facts))
        for step in steps.order_by(Step.id)
    ]
