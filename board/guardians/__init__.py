"""Parents and guardians: whom the school knows at home, what they are asked about one project, and what they answered."""
