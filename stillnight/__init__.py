"""Stillnight: a patient-education assistant for restless legs and periodic limb movements."""
