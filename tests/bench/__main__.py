"""`python -m tests.bench NAME [--json] [--smoke]`: run one benchmark; the last line is one JSON object of numbers."""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

from tests.bench.frame import Wish

BESIDE = (
    "__main__", "faulty", "field", "frame", "gauge", "hanging", "haystack", "peers", "phones", "street", "vlc_tiles",
)  # fmt: skip - what benchmarks use and is none


def names() -> tuple[str, ...]:
    """Every benchmark there is."""
    found = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])}
    return tuple(sorted(name for name in found if name not in BESIDE and not name.startswith("test_")))


def main() -> int:
    """Run it; everything it started is stopped again."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("name", choices=names())
    parser.add_argument("--json", action="store_true", help="nothing but the JSON line on standard output")
    parser.add_argument("--smoke", action="store_true", help="a short run that only shows that it works")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append", help="only this engine; may be given twice")
    parser.add_argument("--hours", type=float, default=2.0, help="how long the soak lasts")
    parser.add_argument("--tiles", type=int, default=36, help="how many cameras hang during the soak")
    given = parser.parse_args()
    say = sys.stderr if given.json else sys.stdout
    bench = importlib.import_module(f"tests.bench.{given.name}")
    engines = tuple(given.engine or ("sqlite", "postgresql"))
    wish = Wish(given.seed, given.smoke, engines, lambda text: print(text, file=say, flush=True), given.hours, given.tiles)
    figures = bench.run(wish)
    print(json.dumps({name: {**found, "cores": os.cpu_count(), "seed": given.seed} for name, found in figures.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
