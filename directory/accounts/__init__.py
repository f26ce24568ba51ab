"""Accounts: people who sign in, their sealed contact, their sessions and consents."""
