#!/usr/bin/env bash
# The fourth stretch of sightline-mini: from the published weights of the third stretch on, with figures in the prompt; about an hour
# of two CPU cores that were doing other work too. Needs `make train-setup`. PHOTOS as in train_mini.sh. START: the exported third
# weights. As before, the code moved while it ran: up to step 280 the reader of drawings missed most touching circles and rings over
# each other, up to step 650 the prompt had no tally of figures, and 950 steps were planned.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-fourth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"

$train train --tokenizer "$start/tokenizer.json" ${PHOTOS:+--photos $PHOTOS} --out "$out" --start "$start" --steps 1040 --save-every 25 \
  --warm-up 0.003 --decay 0.8 --tokens-per-batch 8192 --max-tokens 1152 --document-share 0.42 --picture-share 0.3 \
  --dense-weight 0.3 --muon-lr 0.012 --adam-lr 4e-3 --seed 311 --share boxes=0.14 --share puzzles=0.20 --share shapes=0.20 \
  --share charts=0.28 --share photos=0.05 --share screens=0.06 --share signs=0.05 --share textonly=0.02
$train export --tokenizer "$start/tokenizer.json" --run "$out" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini ${PHOTOS:+--photos $PHOTOS}
