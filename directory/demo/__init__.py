"""Demo data: clearly fictional listings, labelled so everywhere, whose numbers reach nobody."""
