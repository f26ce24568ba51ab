"""Tests of the listings room."""
