"""Words in the reader's language, with what is put in them."""

import numpy as np
import pytest
from flask_babel import force_locale
from markupsafe import Markup

from board import phrases


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
