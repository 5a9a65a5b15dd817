"""Words in the reader's language, with what is put in them."""

from datetime import datetime

import numpy as np
import pytest
from flask import url_for
from flask_babel import force_locale
from markupsafe import Markup

from board import drawing, phrases
from board.school.actions import change_settings
from board.school.model import School


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("For %(who)s", {"who": "<b>Ann</b> & Co"}),
        ("For %(who)s", {"who": Markup("<b>Ann</b>")}),
        ("For %(who)s", {"who": None}),
        ("100 %% of %(num)d, %(part).1f", {"num": 3, "part": 2.5}),
        ("%(num)d of %(num)s", {"num": np.int64(3)}),
        ("%(one)s", {"one": ["<"]}),
    ],
)
def test_what_is_put_into_words_is_escaped_as_markup_does_it(words, values):
    drawn = phrases.filled(words, values, True)
    assert drawn == Markup(words) % values and isinstance(drawn, Markup)
    assert phrases.filled(words, values, False) == words % values


def test_each_language_has_its_own_words_in_turns(app):
    draw = app.jinja_env.from_string(
        "{{ ngettext('%(num)d hour', '%(num)d hours', n) }}, {{ _('grade %(grade)s', grade='<') }}"
    )
    with app.test_request_context("/"):
        for _time in range(2):
            said = {}
            for language in ("en", "es"):
                with force_locale(language):
                    said[language] = [draw.render(n=number) for number in (1, 2)]
            assert said["en"] == ["1 hour, grade &lt;", "2 hours, grade &lt;"]
            assert [words.split(",")[0] for words in said["es"]] == ["1 hora", "2 horas"]
            assert all("&lt;" in words and "<" not in words and "grade" not in words for words in said["es"])


def test_an_address_that_is_kept_is_the_one_flask_builds(app):
    asked = (
        ("review.desk", {"all": 1}), ("review.desk", {"all": True}), ("review.desk", {"all": "1"}), ("review.desk", {}),
        ("review.desk", {"field": "a b&c"}), ("review.desk", {"field": None, "page": 2}), ("review.show", {"number": 7}),
        ("review.show", {"number": 7, "_anchor": "talk"}), ("review.desk", {"field": "x" * 400}),
    )  # fmt: skip
    with app.test_request_context("/"):
        for endpoint, values in asked * 2:
            assert phrases.address_of(endpoint, **values) == url_for(endpoint, **values), values
        kept = phrases.plain_address.cache_info().currsize
        phrases.address_of("review.desk", field="y" * 400)
        assert phrases.plain_address.cache_info().currsize == kept, "what somebody typed is not kept"


def test_a_moment_is_told_in_the_schools_zone_and_the_readers_language(app, cast):
    noon = datetime(2026, 11, 26, 20, 5)
    for zone, english, spanish in (("America/Los_Angeles", "12:05", "12:05"), ("America/New_York", "3:05", "15:05")):
        change_settings(School.here(), None, {"time_zone": zone})
        with app.test_request_context("/"):
            with force_locale("en"):
                assert drawing.moment(noon).replace("\u202f", " ") == f"Nov 26, {english} PM"
            with force_locale("es"):
                assert drawing.moment(noon) == f"26 nov, {spanish}"
