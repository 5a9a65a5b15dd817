"""What somebody may not see does nothing to what they find: no result, count, suggestion, correction, feed names it."""

import pytest

from board.db import now
from board.postings.model import Posting
from board.school.model import School
from board.search import index
from tests import factories

WAYS = ("draft", "submitted", "changes_requested", "declined", "paused", "filled", "closed", "expired", "held")
# words that stand nowhere else, where each stands, and what somebody types who half remembers one
SECRETS = {
    "zirconia": ("zirconia", "zircnia", "zirc", "zirkonia", "zirconiapond"),
    "quagmire": ("quagmire", "quagmier", "kwagmire"),
    "falconry": ("falconry", "falcon", "falconri"),
    "xylograph": ("xylograph", "xilograph", "xylo"),
    "snowglobe": ("snowglobe", "snowgloeb", "snowglob"),
}
PAGES = (
    "/projects?q={}",
    "/projects?q={}&verbatim=1",
    "/projects?like={}",
    "/projects/suggest?q={}",
    "/projects.atom?q={}",
)


@pytest.fixture
def secret(app, cast):
    """A project in one of the ways nobody finds it, beside two that anybody does."""
    index.rebuild()
    School.update(open_to_visitors=True).execute()
    for number in range(2):
        factories.make_posting(employer=cast.cedar, title=f"Pond {number}")

    def make(way: str) -> Posting:
        hidden = factories.make_employer("Xylograph Works")
        made = factories.make_posting(
            "open" if way == "held" else way, hidden, title="Zirconia for a pond", must=["Falconry"], nice=[],
            description="It is a quagmire.", deliverable="A Snow-Globe.",
        )  # fmt: skip
        if way == "held":
            Posting.update(held_at=now(), version=Posting.version + 1).where(Posting.id == made.id).execute()
        return made

    return make


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_it_is_told_to_anybody(secret, cast, client, way):
    hidden = secret(way)
    for reader in (client(), client(cast.maya), client(cast.leo), client(cast.omar), client(cast.okafor)):
        for word, typed in SECRETS.items():
            for one in typed:
                for page in PAGES:
                    text = reader.get(page.format(one)).text.lower().replace(one, "")
                    assert word not in text, (page, one)
                    assert f'data-posting="{hidden.id}"' not in text
        near = Posting.select().where(Posting.title == "Pond 0").get()
        assert "zirconia" not in reader.get(f"/projects/{near.id}").text.lower()


def test_all_of_it_is_told_once_it_is_open(secret, client):
    secret("open")
    told = {
        word: [client().get(page.format(typed[1])).text.lower() for page in PAGES] for word, typed in SECRETS.items()
    }
    assert [word for word, texts in told.items() if not any(word in text for text in texts)] == []
