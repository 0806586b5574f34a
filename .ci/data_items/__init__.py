"""XSD and JSON Schema of the data items, written from specs/data-items and specs/codes."""
