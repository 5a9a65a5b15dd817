"""A placement: the match of one student with one project, from "yes" to the last day."""
