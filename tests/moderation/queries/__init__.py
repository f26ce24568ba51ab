"""Tests of the reads of the desk."""
