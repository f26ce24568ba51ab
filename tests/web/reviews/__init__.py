"""Tests of what authors and readers who flag see."""
