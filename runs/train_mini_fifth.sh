#!/usr/bin/env bash
# The fifth stretch of sightline-mini: the encoder learns what photos show (40 minutes of two CPU cores), then everything together from
# the weights before, with what is measured in the prompt (50 minutes). Needs `make train-setup`. PHOTOS: the folder of labelled photos,
# as in train_mini.sh. START: the exported fourth weights. As it was run, the first stage was planned for 3,000 steps and shortened to
# 2,400 after 2,000, and albums came in at step 150 of the second.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-fifth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"

$train objects --tokenizer "$start/tokenizer.json" --photos "$PHOTOS" --out "$out/objects" --start "$start" --steps 2400 --kept 0.36
$train train --tokenizer "$start/tokenizer.json" --photos "$PHOTOS" --out "$out/all" --start "$start" --encoder "$out/objects" \
  --steps 900 --save-every 25 --warm-up 0.01 --decay 0.8 --tokens-per-batch 8192 --max-tokens 1152 --document-share 0.38 \
  --picture-share 0.3 --album-share 0.08 --dense-weight 0.3 --muon-lr 0.014 --adam-lr 4.5e-3 --seed 412 --share boxes=0.16 \
  --share puzzles=0.18 --share shapes=0.12 --share charts=0.30 --share photos=0.16 --share screens=0.05 --share signs=0.05 \
  --share textonly=0.02
$train export --tokenizer "$start/tokenizer.json" --run "$out/all" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini --photos "$PHOTOS"
