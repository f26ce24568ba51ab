"""Tests of demo reviews."""
