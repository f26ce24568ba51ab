"""Makers of rows for tests: each names only what matters to the test, and commits."""
