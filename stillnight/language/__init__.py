"""Typed language before anybody understands it: made uniform, spelt right. Imports no Rasa."""
