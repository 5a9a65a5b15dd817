"""The front page and each person's own next steps."""

from board.home.views import init_app as init_app
