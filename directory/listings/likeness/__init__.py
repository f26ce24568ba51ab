"""How alike two listings are: names by sound, telephones, register numbers, distance; no database.

`sketches.py` has what is compared, `names.py` and `scoring.py` how, `pairing.py` which of
thousands are worth comparing. Not for reading listings (see `queries/lookalikes.py`) and not for
merging them (the desk's). Import from the files.
"""
