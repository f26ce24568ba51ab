"""One page of every type, and what it answers; journeys run over all of them."""

from __future__ import annotations

PAGE_TYPES = {
    "home": ("/", 200),
    "search": ("/search?condition=depression", 200),
    "search-nothing": ("/search?q=zzzzzz", 200),
    "practitioner": ("/therapists/{practitioner}", 200),
    "centre": ("/centres/{centre}", 200),
    "public-facility": ("/centres/{public}", 200),
    "closed": ("/therapists/{closed}", 410),
    "urgent": ("/urgent", 200),
    "conditions": ("/conditions", 200),
    "treatments": ("/treatments", 200),
    "professions": ("/professions", 200),
    "localities": ("/localities", 200),
    "metro": ("/metro", 200),
    "metro-line": ("/metro/yellow", 200),
    "about-checking": ("/about/checking", 200),
    "about-data": ("/about/data", 200),
    "privacy": ("/policies/privacy", 200),
    "ranking": ("/policies/ranking", 200),
    "condition": ("/conditions/depression", 200),
    "treatment": ("/treatments/iv-ketamine", 200),
    "profession": ("/professions/psychiatrist", 200),
    "locality": ("/localities/saket", 200),
    "not-found": ("/nothing-is-here", 404),
    "components": ("/_components", 200),
}
# For builders, not for readers: no limit on its weight.
NOT_FOR_READERS = {"components"}
