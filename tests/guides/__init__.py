"""Tests of the guides room."""
