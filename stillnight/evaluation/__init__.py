"""How well messages are understood, in figures and pictures, and why one was understood as it was."""
