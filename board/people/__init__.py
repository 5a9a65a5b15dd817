"""Everybody with an account: students, teachers, coordinators, and the people of an employer."""
