"""Outlines and details of the garments on a canvas of 400 by 400.

Every drawing answers an outline path, decoration that is clipped to it, and details on top.
`look` picks among the variants of a drawing, so styles of one kind differ.
"""

from collections.abc import Callable
from typing import NamedTuple

BACKGROUND = "#EDECE8"


class Paint(NamedTuple):
    """The colours of one picture as #RRGGBB, from the colourway's own to the lines on it."""

    base: str
    light: str
    dark: str
    deep: str
    line: str
    accent: str


Drawing = tuple[str, str, str]


def _stroke(path: str, colour: str, width: float = 2, extra: str = "") -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{extra}/>'


def _fill(path: str, colour: str, opacity: float = 1) -> str:
    faint = "" if opacity == 1 else f' opacity="{opacity}"'
    return f'<path d="{path}" fill="{colour}"{faint}/>'


def _seam(path: str, paint: Paint) -> str:
    return _stroke(path, paint.line, 1.4, ' stroke-dasharray="4 3" opacity=".7"')


def _mark(x: int, y: int, paint: Paint) -> str:
    """The brand's small mark: two strokes of a peak."""
    return _stroke(f"M{x} {y}l7-11 7 11m-4-6l6-9 8 15", paint.accent, 2.6)


def _trim(paint: Paint, look: int) -> str:
    """Decoration of a top's body: chest band, twin bands, side panels, yoke, wide band or none."""
    bands = (
        _fill("M0 168H400V202H0z", paint.accent, 0.9),
        _fill("M0 176H400V186H0zM0 196H400V206H0z", paint.accent, 0.9),
        _fill("M0 340L0 150 118 172 146 350zM400 340V150L282 172 254 350z", paint.deep, 0.75),
        _fill("M0 0H400V128L200 154 0 128z", paint.deep, 0.7),
        _fill("M0 150H400V240H0z", paint.deep, 0.6),
        "",
        "",
    )
    return bands[look % len(bands)]


def _folds(paint: Paint) -> str:
    return _fill("M120 330C140 290 128 240 118 196 150 250 156 300 150 345z", paint.deep, 0.25)


def tee(paint: Paint, look: int) -> Drawing:
    """A short-sleeved shirt with crew or V neck."""
    neck = ("C160 96 240 96 254 62", "L200 112 254 62")[look // 7 % 2]
    outline = (
        f"M146 62{neck}C276 66 298 74 312 92 328 114 346 152 358 184L308 208C302 196 296 186 290 "
        "178L292 340C262 348 138 348 108 340L110 178C104 186 98 196 92 208L42 184C54 152 72 114 "
        "88 92 102 74 124 66 146 62z"
    )
    rib = neck.replace("96", "106").replace("112", "124")
    details = (
        _stroke(f"M141 63{rib.replace('254 62', '259 63')}", paint.line, 1.6)
        + _seam("M50 172L98 196M350 172L302 196M110 330C150 338 250 338 290 330", paint)
        + _stroke("M110 178C106 150 110 112 122 76M290 178C294 150 290 112 278 76", paint.line, 1.2)
        + _mark(234, 140, paint)
    )
    return outline, _folds(paint) + _trim(paint, look), details


_LONG_SLEEVED = (
    "M148 84C168 96 232 96 252 84 280 88 304 96 314 116 330 150 348 250 356 312L316 322 286 198 "
    "290 342C262 350 138 350 110 342L114 198 84 322 44 312C52 250 70 150 86 116 96 96 120 88 148 "
    "84z"
)


def _cuffs(paint: Paint) -> str:
    return _fill(
        "M30 296L100 314 90 336 20 316zM370 296L300 314 310 336 380 316z", paint.deep, 0.8
    ) + _fill("M100 326C150 336 250 336 300 326V360H100z", paint.deep, 0.8)


def hoodie(paint: Paint, look: int) -> Drawing:
    """A hooded sweatshirt with a pouch, sometimes with a zip."""
    hood = "M148 92C132 62 154 34 200 34 246 34 268 62 252 92 240 112 160 112 148 92z"
    inside = "M164 88C154 64 174 50 200 50 226 50 246 64 236 88 226 108 174 108 164 88z"
    zip_ = _stroke("M200 106V346", paint.accent, 2.4) if look // 7 % 2 else ""
    details = (
        _fill(hood, "url(#g)")
        + _stroke(hood, paint.line, 1.6)
        + _fill(inside, paint.deep)
        + _stroke(
            "M182 104C180 124 184 134 181 150M218 104C220 124 216 134 219 150", paint.accent, 3
        )
        + _fill("M146 254H254L276 312H124z", paint.dark)
        + _stroke("M146 254L124 312H276L254 254z", paint.line, 1.5)
        + zip_
        + _mark(238, 158, paint)
    )
    return _LONG_SLEEVED, _folds(paint) + _trim(paint, look) + _cuffs(paint), details


def jacket(paint: Paint, look: int) -> Drawing:
    """A zipped jacket with a stand-up collar."""
    collar = "M146 88C150 70 152 58 158 46 182 56 218 56 242 46 248 58 250 70 254 88 230 102 170 102 146 88z"
    quilt = _stroke(
        "M0 140H400M0 180H400M0 220H400M0 260H400M0 300H400", paint.line, 2, ' opacity=".55"'
    )
    body = quilt if look % 3 == 0 else _trim(paint, look)
    details = (
        _fill(collar, paint.dark)
        + _stroke(collar, paint.line, 1.6)
        + _stroke("M200 54V344", paint.line, 5)
        + _stroke("M200 54V344", paint.accent, 1.6, ' stroke-dasharray="3 3"')
        + _stroke("M150 250L138 300M250 250L262 300", paint.accent, 3)
        + _mark(238, 146, paint)
    )
    return _LONG_SLEEVED, _folds(paint) + body + _cuffs(paint), details


def trousers(paint: Paint, look: int) -> Drawing:
    """Long trousers with a waistband."""
    outline = (
        "M134 40H266C276 110 290 230 288 352L222 356C220 290 210 200 202 150H198C190 200 180 290 "
        "178 356L112 352C110 230 124 110 134 40z"
    )
    side = (
        _fill(
            "M118 40H142C130 140 124 250 126 360H104zM282 40H258C270 140 276 250 274 360H296z",
            paint.accent,
            0.85,
        ),
        _fill("M100 230H300V262H100z", paint.deep, 0.5),
        "",
    )[look % 3]
    details = (
        _fill("M134 40H266L268 60H132z", paint.deep)
        + _stroke(
            "M200 60V150M150 62C150 84 142 98 128 104M250 62C250 84 258 98 272 104", paint.line, 1.6
        )
        + _seam("M114 340L178 344M286 340L222 344M212 66C214 96 210 112 202 120", paint)
        + _stroke("M192 52C188 70 190 78 186 88M208 52C212 70 210 78 214 88", paint.accent, 2.4)
        + _mark(144, 132, paint)
    )
    return outline, side + _fill("M198 150C180 170 168 260 170 356H200z", paint.deep, 0.3), details


def shorts(paint: Paint, look: int) -> Drawing:
    """Shorts with an elastic waist."""
    outline = (
        "M122 88H278C292 150 312 220 322 286 292 300 250 306 216 306 212 270 206 226 202 196H198"
        "C194 226 188 270 184 306 150 306 108 300 78 286 88 220 108 150 122 88z"
    )
    side = (
        _fill(
            "M60 300C100 220 108 150 114 88H140C134 170 116 250 96 320zM340 300C300 220 292 150 "
            "286 88H260C266 170 284 250 304 320z",
            paint.accent,
            0.85,
        ),
        _fill("M60 262L200 284 340 262V320H60z", paint.deep, 0.7),
        "",
    )[look % 3]
    details = (
        _fill("M122 88H278L283 112H117z", paint.deep)
        + _stroke("M134 92V110M150 92V110M166 92V110M234 92V110M250 92V110M266 92V110", paint.line)
        + _stroke("M200 112V196", paint.line, 1.6)
        + _stroke(
            "M192 104C186 124 190 134 184 148M208 104C214 124 210 134 216 148", paint.accent, 3
        )
        + _seam("M82 276C112 288 150 294 184 296M318 276C288 288 250 294 216 296", paint)
        + _mark(128, 252, paint)
    )
    return outline, side + _fill("M198 196C170 220 160 270 164 310H190z", paint.deep, 0.3), details


def bra(paint: Paint, look: int) -> Drawing:
    """A sports bra with wide straps."""
    outline = (
        "M124 66C136 62 150 62 160 66 162 116 176 146 200 146 224 146 238 116 240 66 250 62 264 62 "
        "276 66 276 120 288 158 314 178 318 214 318 250 312 290 276 304 124 304 88 290 82 250 82 "
        "214 86 178 112 158 124 120 124 66z"
    )
    panel = (
        _fill(
            "M60 180C110 170 130 120 128 60H100L60 120zM340 180C290 170 270 120 272 60H300L340 "
            "120z",
            paint.accent,
            0.8,
        ),
        _fill("M176 140C182 200 182 250 176 310H224C218 250 218 200 224 140z", paint.deep, 0.55),
        "",
    )[look % 3]
    details = (
        _fill(
            "M84 258C130 272 270 272 316 258 316 270 314 282 312 290 276 304 124 304 88 290 86 "
            "282 84 270 84 258z",
            paint.deep,
        )
        + _stroke("M84 258C130 272 270 272 316 258", paint.line, 1.6)
        + _seam("M116 150C140 166 156 200 158 260M284 150C260 166 244 200 242 260", paint)
        + _stroke("M130 66C132 124 160 164 200 164 240 164 268 124 270 66", paint.line, 1.4)
        + _mark(188, 288, paint)
    )
    return outline, panel + _fill("M92 250C110 200 150 196 160 250z", paint.deep, 0.2), details


def shoe(paint: Paint, look: int) -> Drawing:
    """A sports shoe from the side, toe to the right."""
    outline = (
        "M56 258C50 216 54 172 64 142 72 126 94 128 102 142 112 162 136 168 156 150L176 122 206 "
        "112C226 156 258 188 302 206 338 220 358 234 362 258z"
    )
    flash = (
        _fill(
            "M128 262L176 168 196 160 152 262zM170 262L208 184 226 176 194 262z", paint.accent, 0.9
        ),
        _fill("M96 240C150 236 200 210 226 172L240 184C214 236 160 258 96 260z", paint.accent, 0.9),
        _fill("M40 130H112C96 180 104 220 124 262H40z", paint.deep, 0.8),
        _fill("M276 180C268 214 280 240 296 262H380V180z", paint.deep, 0.75),
    )[look % 4]
    sole = "M48 250C120 264 290 262 366 244 378 262 366 288 336 295 280 300 140 300 86 298 56 297 44 278 48 250z"
    spikes = "M70 298v9h20v-9M110 298v9h20v-9M150 298v9h20v-9M190 298v9h20v-9M230 298v9h20v-9M270 298v9h20v-9M310 298v9h20v-9"
    tread = _fill(spikes, paint.deep) if look // 4 % 2 else ""
    details = (
        tread
        + _fill(sole, "#FAFAF7")
        + _fill(
            "M49 274C140 286 290 286 368 266 364 282 352 292 336 295 280 300 140 300 86 298 64 297 52 288 49 274z",
            paint.deep if look // 8 % 2 else paint.accent,
            0.9,
        )
        + _stroke(sole, paint.line, 1.4)
        + _fill(
            "M176 122L206 112C211 122 217 132 224 141L204 160C192 150 182 138 176 122z", paint.deep
        )
        + _stroke(
            "M188 138L222 130M198 152L234 142M210 166L248 156M224 180L262 170", paint.accent, 4
        )
        + _seam("M102 144C96 180 100 222 112 252M304 196C290 212 284 232 286 252", paint)
        + _stroke("M62 154C68 138 90 136 100 150", paint.line, 2)
    )
    return (
        outline,
        _fill("M50 262C120 236 260 240 364 226V270H50z", paint.deep, 0.25) + flash,
        details,
    )


def sock(paint: Paint, look: int) -> Drawing:
    """A pair of crew socks, one behind the other."""
    outline = (
        "M150 48H232C234 110 232 160 234 206 236 228 254 240 276 256 306 276 322 300 312 324 302 "
        "346 270 348 244 334 212 316 176 288 160 262 150 244 148 226 148 200 146 150 148 100 150 "
        "48z"
    )
    bands = (
        _fill("M130 84H250V98H130zM130 108H250V122H130z", paint.accent, 0.9),
        _fill("M130 92H250V130H130z", paint.accent, 0.85),
        "",
    )[look % 3]
    behind = (
        f'<path d="{outline}" transform="translate(-48 -6)" fill="{paint.dark}" '
        f'stroke="{paint.line}" stroke-width="1.6"/>'
    )
    front = _fill(outline, "url(#g)") + f'<g clip-path="url(#c)">{bands}'
    details = (
        behind
        + front
        + _fill("M140 236C170 226 196 240 196 268L150 300z", paint.deep, 0.8)
        + _fill("M280 250C262 276 256 306 262 350H340V250z", paint.deep, 0.8)
        + "</g>"
        + _stroke(
            "M158 50V76M168 50V76M178 50V76M188 50V76M198 50V76M208 50V76M218 50V76",
            paint.line,
            1.6,
        )
        + _stroke("M149 78H233", paint.line, 1.4)
        + _mark(180, 150, paint)
    )
    return outline, "", details


def cap(paint: Paint, look: int) -> Drawing:
    """A cap from the side, visor to the right."""
    outline = (
        "M76 246C72 160 124 100 198 100 272 100 314 152 314 232 344 234 376 246 384 262 388 274 "
        "376 280 362 276 318 264 276 262 240 266 180 270 120 264 76 246z"
    )
    front = (
        _fill("M214 90C236 140 240 200 232 280H330V90z", paint.deep, 0.55),
        _fill("M60 214C140 236 240 236 330 214V236C240 256 140 256 60 236z", paint.accent, 0.85),
        "",
    )[look % 3]
    visor = "M240 266C258 244 284 232 314 232 344 234 376 246 384 262 388 274 376 280 362 276 318 264 276 262 240 266z"
    details = (
        _fill(visor, paint.deep)
        + _stroke(visor, paint.line, 1.6)
        + _seam("M198 100C164 130 150 190 152 256M198 100C228 130 244 180 242 240", paint)
        + _seam("M262 256C300 242 340 248 372 266", paint)
        + f'<ellipse cx="198" cy="99" rx="11" ry="5" fill="{paint.deep}"/>'
        + f'<circle cx="116" cy="180" r="4" fill="{paint.line}"/>'
        + _mark(186, 192, paint)
    )
    return outline, front, details


def bag(paint: Paint, look: int) -> Drawing:
    """A holdall with two handles."""
    outline = (
        "M92 158H308C338 158 352 180 354 216L358 296C358 322 344 336 318 336H82C56 336 42 322 42 "
        "296L46 216C48 180 62 158 92 158z"
    )
    panel = (
        _fill("M30 150H104V340H30zM370 150H296V340H370z", paint.deep, 0.7),
        _fill("M30 286H370V340H30z", paint.deep, 0.75),
        _fill("M30 232H370V252H30z", paint.accent, 0.85),
    )[look % 3]
    strap = "M128 336C120 240 130 92 200 92 270 92 280 240 272 336"
    details = (
        _stroke(strap, paint.deep, 15)
        + _stroke(strap, paint.line, 1.4, ' stroke-dasharray="5 4"')
        + _stroke("M84 174H316", paint.line, 6)
        + _stroke("M84 174H316", paint.accent, 2, ' stroke-dasharray="3 3"')
        + _fill("M148 246H252V318H148z", paint.dark)
        + _stroke("M148 246H252V318H148zM148 264H252", paint.line, 1.6)
        + _mark(188, 298, paint)
    )
    return outline, panel, details


def ball(paint: Paint, look: int) -> Drawing:
    """A stitched ball; panels of five corners or curved bands."""
    outline = "M200 72C274 72 334 132 334 206 334 280 274 340 200 340 126 340 66 280 66 206 66 132 126 72 200 72z"
    pentagons = (
        "M200 158L246 192 228 246H172L154 192zM200 60L236 84 200 108 164 84zM346 170L330 214 "
        "306 178 318 136zM54 170L70 214 94 178 82 136zM282 326L240 322 258 286 302 276z"
        "M118 326L160 322 142 286 98 276z"
    )
    seams = (
        "M200 158V108M246 192L306 178M228 246L258 286M172 246L142 286M154 192L94 178"
        "M236 84L318 136M164 84L82 136M330 214L302 276M70 214L98 276M240 322H160"
    )
    bands = (
        "M40 150C150 210 250 210 360 150V186C250 246 150 246 40 186z"
        "M60 290C150 250 250 250 340 290V316C250 276 150 276 60 316z"
    )
    if look % 2:
        skin = _fill(bands, paint.accent) + _stroke(
            "M200 60C150 150 150 260 200 350", paint.line, 1.8
        )
    else:
        skin = _fill(pentagons, paint.accent) + _stroke(seams, paint.line, 1.8)
    shade = _fill("M300 110C340 200 290 310 160 330 260 390 400 320 370 180z", paint.deep, 0.35)
    shine = '<ellipse cx="150" cy="130" rx="40" ry="24" fill="#fff" opacity=".22"/>'
    return outline, skin + shade + shine, ""


DRAWINGS: dict[str, Callable[[Paint, int], Drawing]] = {
    drawing.__name__: drawing
    for drawing in (tee, hoodie, jacket, trousers, shorts, bra, shoe, sock, cap, bag, ball)
}
