"""Verbs: one operation is one method, one transaction, its journal lines inside."""
