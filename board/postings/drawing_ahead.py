"""How projects are drawn ahead: their cards and pages, in a language, with no request near."""

from collections.abc import Hashable, Iterable, Iterator

from flask import Flask
from flask_babel import force_locale

from board import shared
from board.postings import ahead, cards, project
from board.postings.content import read_skills


def init_app(app: Flask) -> None:
    def outside(language: str, numbers: list[int]) -> list[tuple[Hashable, str]]:
        with app.test_request_context(base_url=app.config["SETTINGS"].base_url), force_locale(language):
            return [*texts(numbers)]

    ahead.draw_with(outside)


def texts(numbers: Iterable[int]) -> Iterator[tuple[Hashable, str]]:
    """The card and the page of each, as a student reads them who names none of its skills and has not saved it."""
    for number in numbers:
        posting = project.whole.first(number)
        if posting is None:  # deleted meanwhile
            continue
        skills, nobodys = read_skills(posting), frozenset[str]()
        key = project.key_of(posting, skills, nobodys, knows_where=True)
        if shared.read(key) is None:
            yield key, project.draw(posting, skills, nobodys, knows_where=True)
        card = cards.Card(
            posting, [(name, str(need)) for need, some in skills.items() for name in some], nobodys, False
        )
        key = cards.key_of(card, nobodys, True, cards.everywhere(may_save=True))
        if shared.read(key) is None:
            yield key, cards.draw(card, nobodys, knows_where=True, may_save=True)
