#!/usr/bin/env bash
# The sixth stretch of sightline-mini: from the published weights of the fifth on, its encoder kept as it is, told again what a question
# names (decision 0039). About 70 minutes of two CPU cores in two runs. Needs `make train-setup`. PHOTOS as in train_mini.sh. START: the
# exported fifth weights. The code moved between the runs: the first (stopped at step 575 of 900) was told again only rows of charts.
# Two more runs with more documents and boxes were not published (docs/log.md). The calibration is the fifth's, its threshold 0.6.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-sixth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"
usual="--tokenizer $start/tokenizer.json ${PHOTOS:+--photos $PHOTOS} --keep-encoder --save-every 25 --warm-up 0.02
  --tokens-per-batch 8192 --max-tokens 1152 --picture-share 0.3 --dense-weight 0"
export_run() { $train export --tokenizer "$start/tokenizer.json" --run "$1" --out "$2"; }

# shellcheck disable=SC2086
{
  $train train $usual --start "$start" --out "$out/first" --steps 900 --decay 0.8 --muon-lr 0.01 --adam-lr 3.5e-3 --document-share 0.65 \
    --album-share 0.03 --naming-share 0.05 --seed 1201 --share boxes=0.14 --share puzzles=0.2 --share shapes=0.06 --share charts=0.38 \
    --share photos=0.12 --share screens=0.05 --share signs=0.05 --share textonly=0.02
  export_run "$out/first" "$out/first-weights"
  $train train $usual --start "$out/first-weights" --out "$out/second" --steps 1200 --decay 0.7 --muon-lr 0.01 --adam-lr 3.5e-3 \
    --document-share 0.62 --album-share 0.03 --naming-share 0.05 --seed 1301 --share boxes=0.2 --share puzzles=0.18 --share shapes=0.08 \
    --share charts=0.33 --share photos=0.1 --share screens=0.05 --share signs=0.05 --share textonly=0.02
}
export_run "$out/second" src/sightline/model/sightline-mini
