#!/usr/bin/env bash
# The fifth stretch of sightline-mini: from the published weights of the fourth on, its encoder kept as it is, told what was measured:
# sharpness, turn, the numbers of charts, words for photos. About 75 minutes of two CPU cores in two runs. Needs `make train-setup`.
# PHOTOS as in train_mini.sh. START: the exported fourth weights. The code moved between the two: the first was told charts without
# legends, sums, or the rows that a question names, and learned "I am not sure" for photos that the reader was surely wrong about.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-fifth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"
usual="--tokenizer $start/tokenizer.json ${PHOTOS:+--photos $PHOTOS} --keep-encoder --save-every 25 --warm-up 0.02 --decay 0.8
  --tokens-per-batch 8192 --max-tokens 1152 --document-share 0.5 --album-share 0.04 --naming-share 0.06 --picture-share 0.3 --dense-weight 0
  --muon-lr 0.012 --adam-lr 4e-3 --share photos=0.12 --share screens=0.05 --share signs=0.05 --share textonly=0.02 --share puzzles=0.20"

# shellcheck disable=SC2086
$train train $usual --start "$start" --out "$out/first" --steps 900 --seed 601 --share boxes=0.17 --share shapes=0.08 --share charts=0.33
$train export --tokenizer "$start/tokenizer.json" --run "$out/first" --out "$out/first-weights"
# shellcheck disable=SC2086
$train train $usual --start "$out/first-weights" --out "$out/second" --steps 750 --seed 733 \
  --share boxes=0.14 --share shapes=0.06 --share charts=0.38
$train export --tokenizer "$start/tokenizer.json" --run "$out/second" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini ${PHOTOS:+--photos $PHOTOS} --unsure-below 0.6
