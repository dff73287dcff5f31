"""Lab values: finding them in what people type, their units, and what they mean. Imports no Rasa."""
