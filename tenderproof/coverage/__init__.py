"""For whoever writes a driver: what it offers, which checks and clauses thereby become testable, and what a platform answers."""
