"""Reads of the listings room: frozen dataclasses, each shaped for one page or one file."""
