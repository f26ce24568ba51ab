"""Tests of the controlled lists and places: each data file, the loader, the queries."""
