"""Tests of the directory; the folders mirror `directory/`."""
