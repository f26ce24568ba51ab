"""Forms of the HTML door, one file a noun: they check shape and give a draft."""
