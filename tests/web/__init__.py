"""Tests of the HTML door."""
