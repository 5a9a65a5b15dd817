"""Who did what, and when: a list that is only ever added to, each entry sealed by the one after it. It holds numbers and
codes alone, so that nobody's name stands in it and an erased person breaks no link."""
