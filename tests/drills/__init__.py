"""Drills: faults on purpose, in programs of their own."""
