"""The yearly report of a region, made of the results of its platforms."""
