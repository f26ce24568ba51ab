"""Tests of the pages of the review desk."""
