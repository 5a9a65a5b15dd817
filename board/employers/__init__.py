"""The firms, offices, farms and clubs that post projects, checked by the school."""
