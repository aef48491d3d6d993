"""Markup becomes text with its paragraphs, and text stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.markup import plain_line, plain_text
from shared.text.unicode import first_unseen


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Warm.</p><p>Dry &amp; light.</p>", "Warm.\n\nDry & light."),
        ("One<br>two<br/>three<BR />four", "One\ntwo\nthree\nfour"),
        ("<ul>\n<li>Zip</li>\n<li>Hood</li>\n</ul>", "• Zip\n• Hood"),
        ("Features:<ul><li>A<li>B</ul>End", "Features:\n\n• A\n• B\n\nEnd"),
        ("<script>alert(1)</script>Safe<style>p{}</style>", "Safe"),
        ("<b>Größe</b>&nbsp;M &#8211; 30&deg;C &euro;", "Größe M – 30°C €"),
        ("&lt;p&gt;Escaped &amp;amp; again&lt;/p&gt;", "Escaped & again"),
        ("Fit <(>&<)> Form", "Fit & Form"),
        ("weighs <3 kg, A&B, R&D; x<y", "weighs <3 kg, A&B, R&D; x<y"),
        ("First line\nsecond line\n\n\n\nnext", "First line\nsecond line\n\nnext"),
        ("soft\u00adshell\u200b jacket", "softshell jacket"),
        ('<div style="x"><span>Deep</span> text</div>tail', "Deep text\n\ntail"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<p>lines of\n the source</p>", "lines of the source"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_name_is_one_line() -> None:
    assert plain_line("<p>Trail&nbsp;Shoe<br>Pro</p>") == "Trail Shoe Pro"


@given(st.text(alphabet="<>/&;#abpliscrtx \n\u00ad\u202e(), "))
def test_whatever_comes_it_ends_as_text(markup: str) -> None:
    text = plain_text(markup)
    assert first_unseen(text, "\n") is None
    assert "<script>" not in text
    assert "\n" not in plain_line(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Warm<o:p></o:p> und leicht<o:p>&nbsp;</o:p>", "Warm und leicht"),
        ("<nobr>Gore-Tex</nobr> <svg/>dicht", "Gore-Tex dicht"),
        ("<figure><figcaption>Vorne</figcaption></figure>Text", "Vorne\n\nText"),
        ("<!-- intern -->Jacke", "Jacke"),
        ("<![CDATA[Jacke <3 kg]]>", "Jacke <3 kg"),
        ("<title>Jacke mit Kapuze", "Jacke mit Kapuze"),
        ("<style>p {}</style><p>Jacke</p>", "Jacke"),
    ],
)
def test_what_word_processors_and_shops_leave_behind(markup: str, text: str) -> None:
    assert plain_text(markup) == text
