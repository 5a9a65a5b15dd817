"""A school with somebody who looks after student safety, and a project that runs."""

import pytest

from board.school.model import School
from tests import factories


@pytest.fixture
def school(cast):
    """Ms. Park looks after student safety, Mr. Lund stands in, Ms. Ruiz coordinates; Mr. Okafor leads the placement."""
    cast.park, cast.lund = factories.make_person("teacher", "Ida Park"), factories.make_person("teacher", "Nils Lund")
    cast.vega = factories.make_person("teacher", "Rosa Vega")
    School.update(safety_person=cast.park.id, safety_backup=cast.lund.id, safety_phone="503 555 0101").execute()
    cast.posting = factories.make_posting("open", cast.cedar, title="Poster for the counter", seats=3)
    cast.placement = factories.make_placement("active", cast.posting, cast.maya, lead=cast.okafor, cover=cast.vega)
    factories.say_yes(cast.placement)
    return cast
