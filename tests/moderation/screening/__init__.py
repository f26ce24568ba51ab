"""The screening of texts, tried on labelled ones."""
