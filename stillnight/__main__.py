"""`python -m stillnight`, for processes that start another one of the same installation."""

from __future__ import annotations

from stillnight.cli import app

app()
