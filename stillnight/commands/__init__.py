"""What each `stillnight` command does. `cli.py` only names them and their options."""
