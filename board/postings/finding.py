"""The page of results: its filters in words, why a project was found, and what is close to it where nothing was."""

from functools import lru_cache
from itertools import chain

from markupsafe import Markup

from board.people.model import Person
from board.phrases import address_of, gettext, language, ngettext
from board.postings import skeletons
from board.postings.cards import Held, cards, drawn, held_by, with_marks
from board.postings.model import Place
from board.search import excerpts, query
from board.search.criteria import Criteria, Links
from board.search.facets import TOP_SKILLS, Option
from board.search.facts import unchanged
from board.search.places import places_of_each
from board.search.query import Found
from board.search.text import words
from board.words import N_

NEAR = 3  # projects shown where nothing was found
# facets as they stand on the page, each of one kind of filter or of several
GROUPS = {
    "field": (N_("Field"), ("field",)), "skill": (N_("Skills"), ("skill",)), "hours": (N_("How much time"), ("hours",)),
    "pay": (N_("Pay an hour"), ("pay",)), "place": (N_("Place"), ("place",)),
    "who": (N_("Who it is for"), ("may", "first")),
}  # fmt: skip


def page_of(found: Found, person: Person | None) -> dict:
    """What `postings/list.html` draws."""
    criteria = found.criteria
    links = Links(address_of("postings.projects"), criteria)
    some = cards(found.postings, person)
    held = held_by(some, found.marks) if found.marks else []
    return {
        "found": found, "criteria": criteria, "links": links, "filters": filters(found, links),
        "drawn": drawn(some, person, held, why_found(found, held)), "before": (criteria.page - 1) * query.PAGE,
        "near": near_misses(found, person), "near_words": all(kind == "words" for kind, _, _ in found.drops),
        "to": address, "orders": skeletons.orders(criteria, links.path),
        "pages": skeletons.pages(criteria.page, found.pages, links),
    }  # fmt: skip


def address(criteria: Criteria, **changes) -> str:
    return address_of("postings.projects") + criteria.query_string(**changes)


# -- the filters


def filters(found: Found, links: Links) -> Markup:
    """The facets, drawn. Those of the whole board are kept until something is written, but for what is one's own."""
    criteria = found.criteria
    if criteria.q or criteria.is_filtered or criteria.like:
        return draw_filters(found, links, tuple(GROUPS))
    *everybody, own = GROUPS
    key = ("filters", language(), criteria.sort, criteria.verbatim)
    return unchanged(key, lambda: draw_filters(found, links, tuple(everybody))) + draw_filters(found, links, (own,))


def draw_filters(found: Found, links: Links, names: tuple[str, ...]) -> Markup:
    criteria, groups, choices = found.criteria, [], [""]
    for name in names:
        options = [option for kind in GROUPS[name][1] for option in found.facets.get(kind, ())]
        if options or (name == "skill" and criteria.like):
            picked = sum(option.picked for option in options)
            likes = name == "skill" and bool(criteria.like)
            finds = likes or (name == "skill" and len(options) >= TOP_SKILLS)
            groups.append(skeletons.Group(name, GROUPS[name][0], picked, finds, likes and len(options) == picked))
            choices.append(draw_choices(options, links, picked))
    around = skeletons.groups(tuple(groups), criteria, links.path)
    return Markup("".join(chain.from_iterable(zip(choices, around, strict=True))))


def draw_choices(options: list[Option], links: Links, picked: int) -> str:
    said = language()
    made = []
    for option in options:
        name = option.label if option.kind in LABELED else words_for(said, option.kind, option.value)
        look = (option.thing.colour, option.thing.icon) if option.kind == "field" else ("", "")
        begin, then, counted, shown, end = skeletons.choice(said, option.kind, option.value, name, look, option.picked)
        where = links.toggled_in_html(option.kind, option.value)
        adds = "+" if picked and option.kind == "field" and not option.picked else ""
        made.append(f"{begin}{where}{then}{where}{counted}{option.count}{shown}{adds}{option.own}{end}")
    return "".join(made)


LABELED = ("field", "skill")  # kinds that the school names itself


def filter_words(option: Option) -> str:
    """A filter as a person says it."""
    if option.kind in LABELED:
        return option.label
    return words_for(language(), option.kind, option.value)


@lru_cache(maxsize=512)
def words_for(language: str, kind: str, value: str) -> str:
    if kind == "hours":
        return ngettext("Up to %(num)d hour", "Up to %(num)d hours", int(value))
    if kind == "pay":
        return gettext("$%(pay)s or more", pay=value)
    if kind == "place":
        return gettext(Place(value).label)
    return gettext("First project welcome") if kind == "first" else gettext("I may apply")


# -- why it was found, and what is near


def why_found(found: Found, held: list[Held]) -> dict[int, Markup]:
    """Words of the long texts, by id, for the projects whose cards do not show why they were found."""
    looked_for = words(found.correction.used if found.correction else found.criteria.q)
    if not looked_for or not held:
        return {}
    shown = {posting.id: one.stems for posting, one in zip(found.postings, held, strict=True)}
    texts = excerpts.of(shown, found.marks, len(looked_for))
    places = places_of_each(list(texts.values()), found.marks)
    return {number: with_marks(text, some) for (number, text), some in zip(texts.items(), places, strict=True)}


def near_misses(found: Found, person: Person | None) -> list[Markup]:
    """Nothing was found: a few projects with one filter less; only where no filter helps, without the words."""
    if not found.drops:
        return []
    # filters first: what is left of the words is what was meant
    (kind, value, _), criteria = min(found.drops, key=lambda drop: drop[0] == "words"), found.criteria
    changes = {
        "words": {"q": ""}, "field": {"fields": ()}, "skill": {"skills": tuple(s for s in criteria.skills if s != value)},
        "first": {"first": False}, "may": {"may": False},
    }.get(kind, {kind: None})  # fmt: skip
    near = cards(query.find(criteria.but(**changes), person).postings[:NEAR], person)
    return drawn(near, person, held_by(near, found.marks))
