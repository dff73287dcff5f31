"""The long run, `make fuzz`: a million inputs by default, more at every call; exit 1 when one breaks something.

The corpus stays in `$XDG_CACHE_HOME/stillnight-fuzz` (`--folder`), so that the next call goes on from there.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from tests.fuzz.campaign import noted, run
from tests.fuzz.targets import TARGETS

# Of a million; parsers are quick, and rules have more in them.
_PARTS: Final = {
    "labs": 0.1,
    "medicines": 0.1,
    "red_flags": 0.05,
    "long_text": 0.002,
    "typed_text": 0.1,
    "cloud": 0.35,
    "twilio": 0.298,
}


def main() -> int:
    """Run every target that was asked for."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    arguments = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    arguments.add_argument("targets", nargs="*", default=list(_PARTS), help=f"of {', '.join(TARGETS)}")
    arguments.add_argument("--cases", type=int, default=1_000_000, help="inputs in all")
    arguments.add_argument("--seconds", type=int, default=1_200, help="most for each target")
    arguments.add_argument("--folder", type=Path, default=cache / "stillnight-fuzz", help="where the corpus stays")
    given = arguments.parse_args()
    failed = False
    for name in given.targets:
        outcome = run(name, given.folder, max(1, round(given.cases * _PARTS[name])), given.seconds)
        cases = noted(given.folder, [outcome])
        print(f"{name:12} {outcome.cases:>9,} cases  {outcome.seconds:6.0f} s", flush=True)
        for path, fault in outcome.faults:
            print(f"    {path}: {fault}", flush=True)
        if outcome.told:
            print(outcome.told[-3_000:], flush=True)
        failed |= bool(outcome.faults or outcome.told)
    print(f"{'in all':12} {sum(cases.values()):>9,} cases since the corpus was begun, in {given.folder}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
