"""Tests of signing in and of the account pages."""
