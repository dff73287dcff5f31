"""The range bar as a PNG, made from its SVG, for channels that take nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from stillnight.clinical.labs.bar.model import Bar, BarWords
from stillnight.clinical.labs.bar.svg import as_svg


def as_png(bar: Bar, words: BarWords, width: int = 640) -> bytes:
    """The picture in black on white, `width` pixels wide."""
    return png_of(as_svg(bar, words), width)


def png_of(svg: str, width: int = 640) -> bytes:
    """A drawing in black on white, `width` pixels wide."""
    # Imported late: most processes never draw.
    from resvg_py import svg_to_bytes

    files = [str(font) for font in fonts()]
    return bytes(
        svg_to_bytes(
            svg_string=svg.replace("currentColor", "#000000"),
            width=width,
            background="#ffffff",
            # Servers often have no fonts at all, and with those of the machine the picture would differ by machine.
            skip_system_fonts=True,
            font_files=files,
            sans_serif_family="DejaVu Sans",
        )
    )


def fonts() -> list[Path]:
    """DejaVu Sans, normal and bold, out of matplotlib, which Rasa brings along: no font of our own to keep and license.

    Found without importing matplotlib, which takes long and writes a cache.
    """
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib, whose fonts the picture needs")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    return [folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"]
