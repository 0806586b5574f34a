"""The proof: the reference passes every check, each mutant fails those of its clause, and hostile platforms earn nothing."""
