"""Tests of the outbox room."""
