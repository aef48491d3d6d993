"""Generated pictures: a garment's silhouette in its colour, one small SVG per colourway."""

from emulators.demo.catalogue import Style
from emulators.demo.colours import Colour
from emulators.demo.silhouettes import BACKGROUND, DRAWINGS, Paint

_GROUND = {"shoe": 300, "shorts": 308, "bra": 306, "cap": 280}  # where lower drawings end


def style_pictures(style: Style) -> dict[str, str]:
    """SVG texts by file name; the style's details are the same in each of its colours."""
    return {colourway.picture: _picture(style, colourway.colour) for colourway in style.colourways}


def _picture(style: Style, colour: Colour) -> str:
    paint = _paint(colour)
    outline, decoration, details = DRAWINGS[style.drawing](paint, style.look)
    scale = 0.84 if style.category == "KIDS" else 1.0
    shift = round(200 * (1 - scale), 1)
    shadow = round(_GROUND.get(style.drawing, 352) * scale + shift) + 10
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs>'
        f'<linearGradient id="g" x2="1" y2=".35"><stop stop-color="{paint.light}"/>'
        f'<stop offset=".55" stop-color="{paint.base}"/>'
        f'<stop offset="1" stop-color="{paint.dark}"/></linearGradient>'
        '<radialGradient id="f"><stop stop-opacity=".2"/>'
        '<stop offset="1" stop-opacity="0"/></radialGradient>'
        f'<clipPath id="c"><path d="{outline}"/></clipPath></defs>'
        f'<path fill="{BACKGROUND}" d="M0 0h400v400H0z"/>'
        f'<ellipse cx="200" cy="{shadow}" rx="150" ry="14" fill="url(#f)"/>'
        f'<g transform="translate({shift} {shift}) scale({scale})" stroke-linejoin="round" '
        'stroke-linecap="round" fill="none">'
        f'<path d="{outline}" fill="url(#g)"/><g clip-path="url(#c)">{decoration}</g>'
        f'{details}<path d="{outline}" stroke="{paint.line}" stroke-width="1.6"/></g></svg>\n'
    )


def _paint(colour: Colour) -> Paint:
    base = tuple(int(colour.hex[at : at + 2], 16) for at in (0, 2, 4))
    red, green, blue = base
    bright = (red * 299 + green * 587 + blue * 114) / 255_000
    return Paint(
        base=_mix(base, 0, 0),
        light=_mix(base, 255, 0.14 if bright < 0.75 else 0.45),
        dark=_mix(base, 0, 0.14),
        deep=_mix(base, 0, 0.34),
        line=_mix(base, 0, 0.45) if bright > 0.2 else _mix(base, 255, 0.22),
        accent=_mix(base, 0, 0.62) if bright > 0.62 else _mix(base, 255, 0.82),
    )


def _mix(base: tuple[int, ...], towards: int, share: float) -> str:
    """The colour moved that share of the way to black (0) or white (255), as #RRGGBB."""
    return "#" + "".join(f"{round(part + (towards - part) * share):02X}" for part in base)
