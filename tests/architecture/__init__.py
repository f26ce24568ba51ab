"""Conventions of the house, as tests."""
