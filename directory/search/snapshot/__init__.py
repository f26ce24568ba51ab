"""One generation of the index as arrays in memory, immutable once it is open."""
