"""Tests of the words of no domain."""
