"""Search: the only folder that knows Whoosh. The database is the truth; the index can be deleted any day."""
