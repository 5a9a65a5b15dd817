"""Employers a student would like to see here, and perhaps a project for one, in the student's own words."""
