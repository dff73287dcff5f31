"""Rasa graph components: adapters between Rasa and the plain code that understands a message."""
