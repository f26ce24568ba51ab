"""Search: a Whoosh index fed by the change feed, and an in-memory engine that answers from it."""
