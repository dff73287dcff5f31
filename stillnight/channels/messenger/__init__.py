"""What messengers have in common: messages in and out, what each can carry, and how an answer is cut to fit."""
