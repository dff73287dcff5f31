"""The range bar as a PNG."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from stillnight.clinical.labs.bar.model import Bar
from stillnight.clinical.labs.bar.png import as_png
from tests.unit.lab_bars import LABS, WORDS, bar


def picture(found: Bar, width: int = 640) -> Image.Image:
    return Image.open(io.BytesIO(as_png(found, WORDS, width))).convert("RGB")


@pytest.mark.parametrize("width", [320, 640, 1000])
def test_png_is_as_wide_as_asked(width: int) -> None:
    png = as_png(bar("ferritin", 18), WORDS, width)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert Image.open(io.BytesIO(png)).width == width


@pytest.mark.parametrize("lab", sorted(LABS))
def test_png_is_black_on_white_up_to_its_edge(lab: str) -> None:
    scale = LABS[lab].scale
    for value, comparator in ((scale.low, "<"), (scale.high, ">"), (scale.low - 9, None), (scale.high * 9, None)):
        image = picture(bar(lab, value, comparator=comparator))
        assert (0, 0, 0) in {colour for _, colour in image.getcolors(1 << 20) or []}
        inner = image.crop((4, 4, image.width - 4, image.height - 4))
        outer = Image.new("RGB", image.size, "white")
        outer.paste(inner, (4, 4))
        assert outer.tobytes() == image.tobytes()


def test_png_has_its_own_letters() -> None:
    # The title stands alone at the top.
    top = picture(bar("ferritin", 18)).crop((0, 0, 640, 44))
    assert sum(1 for dark in top.convert("L").tobytes() if dark < 128) > 500


def test_png_changes_with_the_value() -> None:
    pictures = [picture(bar("ferritin", value, "the same")).tobytes() for value in (18, 60, 100, 250, 2000)]
    assert len(set(pictures)) == len(pictures)


def test_same_bar_gives_the_same_png() -> None:
    assert as_png(bar("tsh", 3), WORDS) == as_png(bar("tsh", 3), WORDS)
