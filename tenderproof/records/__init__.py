"""Published records as data: files are read row by row, rows become tenders, and rules judge each tender once."""
