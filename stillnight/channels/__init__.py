"""Ways in and out: each channel adapts its own shape of message to the assistant. No medicine in here."""
