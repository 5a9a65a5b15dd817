"""The training agreement as it stands: its row, or what it begins with."""

from board.placements.model import Agreement, Placement


def of(placement: Placement) -> Agreement:
    """The agreement as it stands; before anybody has touched it, what the posting says, not written down yet."""
    return Agreement.get_or_none(Agreement.placement == placement) or beginning(placement)


def beginning(placement: Placement) -> Agreement:
    posting = placement.posting
    where = ", ".join(part for part in (posting.address, posting.location) if part)
    return Agreement(
        placement=placement, what=posting.deliverable or posting.summary or posting.title, place=where[:300],
        times=posting.times or posting.rhythm, pay_how=posting.paid_how,
    )  # fmt: skip
