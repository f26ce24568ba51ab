"""What must follow a commit: the change feed that every machine's search index reads."""
