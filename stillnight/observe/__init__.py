"""What whoever runs the server sees of it: logs, metrics, health. Never a word, number or name of a patient."""
