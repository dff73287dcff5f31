"""Serve and train Stillnight, and look at what it understands and says."""

from __future__ import annotations

import typer

from stillnight.cli import content, people, serving, understanding
from stillnight.commands.keys import keys

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
for group in (serving, understanding, content, people):
    # Without a name its commands stand beside the others.
    app.add_typer(group.app)
app.add_typer(keys, name="keys")
