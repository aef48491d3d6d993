"""Command line: python -m emulators.demo --system ecc_eu --styles 520 --companies 40 --out DIR."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from emulators.demo.generate import generate, write
from emulators.demo.systems import SYSTEMS


def main() -> None:
    """Generates the demo data and says how much of it there is."""
    parser = argparse.ArgumentParser(prog="python -m emulators.demo", description=__doc__)
    parser.add_argument("--system", default="ecc_eu", choices=SYSTEMS, help="whose data it is")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--styles", type=int, default=520)
    parser.add_argument("--companies", type=int, default=40)
    parser.add_argument(
        "--today", type=date.fromisoformat, default=datetime.now(UTC).date(), help="YYYY-MM-DD"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    options = parser.parse_args()
    data = generate(
        options.seed,
        options.styles,
        options.companies,
        options.today,
        SYSTEMS[options.system],
    )
    write(data, options.out)
    print(
        f"{len(data.styles)} styles, "
        f"{sum(len(style.colourways) for style in data.styles)} colourways, "
        f"{sum(len(list(style.skus)) for style in data.styles)} SKUs, "
        f"{len(data.conditions)} conditions, {len(data.companies)} companies, "
        f"{len(data.stock)} stock rows in {options.out}"
    )


if __name__ == "__main__":
    main()
