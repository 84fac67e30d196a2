"""How well two colours can be told apart, by WCAG 2.2. Pure."""

from __future__ import annotations

import re

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
TEXT = 4.5
"""What text needs (success criterion 1.4.3)."""
PARTS = 3.0
"""What a button needs against what is around it (1.4.11)."""
DARK_INK, LIGHT_INK = "#111111", "#ffffff"
LIGHT_ENOUGH = 150


def ratio(one: str, other: str) -> float:
    """Give the contrast of two colours such as `#1e5a41`, from 1 (the same) to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Give the ink that the launcher takes on a colour, by the rule of `embed.js`."""
    red, green, blue = _parts(colour)
    return DARK_INK if red * 0.3 + green * 0.59 + blue * 0.11 > LIGHT_ENOUGH else LIGHT_INK


def remarks(colour: str) -> list[str]:
    """Say in plain words where a launcher of a colour is hard to see; nothing if nowhere."""
    found = []
    on_it, on_white = ratio(colour, ink_on(colour)), ratio(colour, LIGHT_INK)
    if on_it < TEXT:
        found.append(
            f"The words on the button are hard to read: their contrast is {on_it:.1f} to 1, and "
            f"{TEXT} to 1 is needed. Take a darker or a much lighter colour."
        )
    if on_white < PARTS:
        found.append(
            f"On a white page the button hardly stands out: its contrast is {on_white:.1f} to 1, "
            f"and {PARTS:.0f} to 1 is needed. Take a darker colour, unless your page is dark."
        )
    return found


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(one / 255) for one in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
