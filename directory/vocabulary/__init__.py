"""Controlled lists and places: terms, localities, metro lines and stations, helplines."""
