"""Danger in a message, found by rule: `finder.RedFlagFinder` is the way in, `knowledge/red_flags.yml` the content."""
