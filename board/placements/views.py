"""The address of a placement, the same for student, employer and teacher."""

from flask import Blueprint

from board.access import open_to
from board.people.model import Role
from board.placements import page

placements = Blueprint("placements", __name__)


@placements.get("/placements/<int:placement_id>")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def show(placement_id: int):
    return page.draw(page.load(placement_id))
