"""Reads of the desk and of authors: frozen dataclasses, each shaped for one page."""
