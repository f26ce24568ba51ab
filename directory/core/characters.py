"""Characters that no page may show and no database has to hold, and texts without them.

Called by both doors, for whatever an address or a form carries, and by the search.
"""

from __future__ import annotations

import re

# The last two of each plane stand for nothing (The Unicode Standard, 23.7 Noncharacters).
_LAST_OF_PLANES = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
# Controls but tab and line ends, halves of pairs, and what stands for nothing.
CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + _LAST_OF_PLANES
CONTROL = re.compile(f"[{CONTROLS}]")
CONTROL_OR_LINE_END = re.compile(f"[{CONTROLS}\t\n\r]")


def without_controls(text: str) -> str:
    """Give a text with a space for each control; tabs and line ends stay."""
    return CONTROL.sub(" ", text)


def on_one_line(text: str) -> str:
    """Give a text with a space for each control, tab and line end."""
    return CONTROL_OR_LINE_END.sub(" ", text)
