"""`python -m colornn.export_pass --run runs/pass`: turns a trained run into the SavedModel that the program reads.

Of several runs that went on from one another, it takes the mean of the weights (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "consistency-pass"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--run", type=Path, required=True, nargs="+", help="a folder written by colornn.train_pass, or several"
    )
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args()

    from colornn.propagation import store
    from colornn.propagation.export import export
    from colornn.propagation.network import ConsistencyPass

    network = ConsistencyPass()
    network.build()
    step = store.load_mean(network, [run / "weights.npz" for run in options.run])
    log = options.run[-1] / "log.jsonl"
    last = json.loads(log.read_text().splitlines()[-1]) if log.exists() and log.stat().st_size else {}
    record = export(network, options.to, {"trained": {"steps": step, **last}})
    print(f"{options.to}: {record['bytes'] / 1e6:.2f} MB after {step} steps.")


if __name__ == "__main__":
    main()
