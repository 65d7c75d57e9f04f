#!/usr/bin/env bash
# The whole road of the bundled model in a few minutes on a CPU: to see that it runs, not to get a good model.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-out/tiny}
train="python -m sightline.training.main"
$train tokenizer --out "$out/tokenizer.json" --n-scenes 300
$train train --tokenizer "$out/tokenizer.json" --out "$out/run" --steps 20 --max-tokens 384 --tokens-per-batch 2048 --n-workers 0
$train check --tokenizer "$out/tokenizer.json" --run "$out/run" --n-batches 2
$train export --tokenizer "$out/tokenizer.json" --run "$out/run" --out "$out/model"
