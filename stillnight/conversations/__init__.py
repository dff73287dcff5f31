"""Conversations as they are kept: a tracker store for SQLite and PostgreSQL, and one turn at a time for each person."""
