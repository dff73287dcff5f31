"""What was said before, and what that means for the next answer. Pure functions; imports no Rasa."""
