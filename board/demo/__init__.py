"""The demo school: an invented town whose board looks lived-in, however late in the year it is opened."""
