#!/usr/bin/env bash
# The fifth stretch of sightline-mini: from the published weights of the fourth on, its encoder kept as it is, told what was measured:
# sharpness, turn, the numbers of charts, words for photos. About 80 minutes of two CPU cores in three runs. Needs `make train-setup`.
# PHOTOS as in train_mini.sh. START: the exported fourth weights. The code moved between them: the first was told charts without legends,
# sums, or the rows that a question names, and learned "I am not sure" for photos that the reader was surely wrong about; only the
# third was told what the scale says of columns without numbers. The third has mostly documents, of which the others cost some.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-fifth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"
usual="--tokenizer $start/tokenizer.json ${PHOTOS:+--photos $PHOTOS} --keep-encoder --save-every 25 --warm-up 0.02
  --tokens-per-batch 8192 --max-tokens 1152 --picture-share 0.3 --dense-weight 0 --share photos=0.12 --share screens=0.05 --share signs=0.05 --share textonly=0.02 --share puzzles=0.20"

mixed="--decay 0.8 --muon-lr 0.012 --adam-lr 4e-3 --document-share 0.5 --album-share 0.04 --naming-share 0.06"
documents="--decay 0.9 --muon-lr 0.008 --adam-lr 3e-3 --document-share 0.75 --album-share 0.02 --naming-share 0.03"

# shellcheck disable=SC2086
$train train $usual $mixed --start "$start" --out "$out/first" --steps 900 --seed 601 --share boxes=0.17 --share shapes=0.08 --share charts=0.33
$train export --tokenizer "$start/tokenizer.json" --run "$out/first" --out "$out/first-weights"
# shellcheck disable=SC2086
$train train $usual $mixed --start "$out/first-weights" --out "$out/second" --steps 750 --seed 733 \
  --share boxes=0.14 --share shapes=0.06 --share charts=0.38
$train export --tokenizer "$start/tokenizer.json" --run "$out/second" --out "$out/second-weights"
# shellcheck disable=SC2086
$train train $usual $documents --start "$out/second-weights" --out "$out/third" --steps 360 --seed 911 \
  --share boxes=0.14 --share shapes=0.06 --share charts=0.38
$train export --tokenizer "$start/tokenizer.json" --run "$out/third" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini ${PHOTOS:+--photos $PHOTOS} --unsure-below 0.7
