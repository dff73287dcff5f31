"""What each `stillnight` command does. `cli/` only names them and their options."""
