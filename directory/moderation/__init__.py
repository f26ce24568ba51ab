"""The desk: everything that comes in and everything that is judged."""
