"""Evidence (证据): typed observations, keyed (check, ordinal), into one sink; hashed, on disk as they happen."""
