"""A range bar for one lab value: in plain characters, in words, as an SVG and as a PNG."""
