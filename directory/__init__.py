"""The Delhi Therapist Directory; `app.py` puts the rooms together."""
