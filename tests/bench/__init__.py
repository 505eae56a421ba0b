"""Measurements: each prints a figure beside its floor or peer from the same run; none of them is a test."""
