"""What readers may see of reviews: every read here starts from `visible.py`."""
