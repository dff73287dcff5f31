"""Rasa custom actions: read the conversation, look something up, utter. No facts and no wording in here."""
