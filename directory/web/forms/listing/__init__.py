"""A listing's document as a form, whole or one section of it.

`sections_of` gives the sections of a kind, `section_for_fact` the one that says a single fact;
`ListingForm` opens them, reads what was sent and puts faults at their fields. The template is
`components/listing_section.html`. Used by the editor and by the desk for what readers report.
"""

from directory.web.forms.listing.form import DrawnSection, ListingForm
from directory.web.forms.listing.sections import Section, section_for_fact, sections_of
from directory.web.forms.listing.spots import Drawn

__all__ = [
    "Drawn",
    "DrawnSection",
    "ListingForm",
    "Section",
    "section_for_fact",
    "sections_of",
]
