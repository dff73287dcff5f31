"""The check of symptoms: at most eight questions, and what to talk about with a clinician. Never a diagnosis. Pure."""
