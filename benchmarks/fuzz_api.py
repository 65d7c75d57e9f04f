"""Random requests by our own OpenAPI document against a real server with the echo engine: does any get a 5xx?

`python benchmarks/fuzz_api.py --schemathesis /somewhere/bin/st` (schemathesis lives in an environment of its own).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from batching import Killable


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemathesis", default="st", help="its program")
    parser.add_argument("--examples", default="25", help="for each operation")
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Killable(Path(folder))
        server.start()
        try:
            words = ["run", str(server.http.base_url.join("/openapi.json")), "--checks", "not_a_server_error"]
            words += ["--phases", "fuzzing", "--max-examples", given.examples, "--seed", given.seed]
            done = subprocess.run([given.schemathesis, *words], check=False)
        finally:
            server.kill()
            server.http.close()
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
