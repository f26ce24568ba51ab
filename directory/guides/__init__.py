"""Guides: edited articles on treatments and on finding help, shown once they were reviewed."""
