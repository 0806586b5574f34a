"""The trading contract, written from the routes of the reference platform and from what specs/openapi keeps by hand."""
