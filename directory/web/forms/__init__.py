"""Forms of the HTML door: one file a noun; shape only, rules are the rooms'."""
