"""The specification as data: clauses, plans, the calendar, codes."""
