"""Pages on which readers tell what is wrong."""
