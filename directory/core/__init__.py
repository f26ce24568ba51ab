"""Words of no domain: database, clock, errors, text, types. Imports no other room."""
