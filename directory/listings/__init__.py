"""Listings: the public pages of practitioners and centres, and every fact on them."""
