"""What the assistant says, read from `data/` and checked. Imports no Rasa."""
