"""From conversations to examples: what was not understood becomes a worksheet, and a labelled one goes into `data/`."""
