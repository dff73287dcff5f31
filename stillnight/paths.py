"""Where the project's folders are. The package is used from its checkout, so that clinics can edit what it says."""

from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
DATA: Final = PROJECT / "data"
KNOWLEDGE: Final = PROJECT / "knowledge"
MODEL: Final = PROJECT / "models" / "stillnight.tar.gz"
