"""The page for the doctor: what somebody told, each line with the message that told it, and nothing else. Pure."""
