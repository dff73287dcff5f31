"""Ways in and out: each channel is an adapter between its own shape of message and the assistant. No medicine in here."""
