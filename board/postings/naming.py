"""What a saved search is called: its words and filters, in the reader's language."""

from flask_babel import get_locale
from flask_babel import gettext as _

from board.postings.finding import words_for
from board.postings.model import SavedSearch
from board.postings.searches import criteria_of
from board.school.model import Field, Skill
from board.search.criteria import Criteria

FLAGS = ("place", "first", "may")


def names_of(searches: list[SavedSearch]) -> dict[int, str]:
    """A name for each, by id; two queries, however many."""
    asked = {search.id: criteria_of(search) for search in searches}
    fields = named(Field, {slug for criteria in asked.values() for slug in criteria.fields})
    skills = named(Skill, {slug for criteria in asked.values() for slug in criteria.skills})
    return {number: name_of(criteria, fields, skills) for number, criteria in asked.items()}


def named(model, slugs: set[str]) -> dict[str, str]:
    return dict(model.select(model.slug, model.name).where(model.slug.in_(slugs)).tuples())


def name_of(criteria: Criteria, fields: dict[str, str], skills: dict[str, str]) -> str:
    """ "“poster” · Design & Media · Remote". What the school no longer has is called by its slug."""
    parts, language = [f"“{criteria.q}”"] if criteria.q else [], str(get_locale())
    if criteria.fields:
        parts.append(_(" or ").join(fields.get(slug, slug) for slug in criteria.fields))
    parts += [skills.get(slug, slug) for slug in criteria.skills]
    if criteria.hours:
        parts.append(words_for(language, "hours", str(criteria.hours)))
    if criteria.pay:
        parts.append(_("$%(pay)s or more an hour", pay=criteria.pay))
    parts += [words_for(language, kind, getattr(criteria, kind)) for kind in FLAGS if getattr(criteria, kind)]
    return " · ".join(parts)
