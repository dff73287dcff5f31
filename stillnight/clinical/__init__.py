"""What the assistant knows of medicine, as pure code over the facts in `knowledge/`. Imports no Rasa."""
