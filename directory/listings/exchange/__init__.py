"""Listings in and out as files: reading, checking, writing. The craft of `flask listings`.

Not for writing to the database (see `listings/operations/`). The format is described in
`docs/import-format.md`. Import from the files: `document.py` turns stored rows into
documents, `validation.py` turns documents into drafts, `files.py` reads and writes files.
"""
