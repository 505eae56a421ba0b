"""Paper and what is printed on it: documents, tables, QR pictures; one outside library each behind a few plain functions."""
