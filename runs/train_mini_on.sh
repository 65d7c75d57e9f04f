#!/usr/bin/env bash
# The second stretch of sightline-mini: from the published weights of 2026-11-22 on, about two hours on two CPU cores
# that were doing other work too. Needs `make train-setup`. PHOTOS as in train_mini.sh.
# START: the exported model of the first stretch. As then, the scenes grew while the stages ran: whole pages to read aloud came
# in at step 800 of stage 1; charts in the style of statistics sites and misreadings fitted to the reader at step 200 of stage 3,
# boxes and puzzles, and fewer documents (0.34 for 0.5), at its step 350; the last receipts with stage 4. A seed that goes on with
# another one (42, 62, 64) marks such a change. This script is the same road with the scenes of today, not the same weights.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-on}
start=${START:-src/sightline/model/sightline-mini}
photos=${PHOTOS:+--photos $PHOTOS}
train="python -m sightline.training.main"
common="--tokenizer $start/tokenizer.json $photos --save-every 50"
slow="--muon-lr 0.012 --adam-lr 6e-3"

# 1. documents as text lines
$train train $common $slow --out "$out/text" --start "$start" --steps 900 --decay 0 --warm-up 0.005 --n-threads 1 \
  --tokens-per-batch 4096 --max-tokens 1024 --recital-share 0.03 --document-share 1.0 --picture-share 0 --seed 41 &
# 2. the encoder alone, beside it: what covers each patch
$train train $common --out "$out/encoder" --start "$start" --steps 1500 --decay 0 --warm-up 0.005 --n-threads 1 \
  --tokens-per-batch 10240 --max-tokens 448 --document-share 0 --dense-only --seed 51 &
wait
# 3. everything together
$train train $common $slow --out "$out/joint" --start "$out/text" --encoder "$out/encoder" --steps 600 --decay 0 \
  --warm-up 0.003 --tokens-per-batch 8192 --max-tokens 1152 --recital-share 0.02 --document-share 0.34 --picture-share 0.35 \
  --seed 61
# 4. the same with the learning rate going down to nothing
$train train $common $slow --out "$out/final" --start "$out/joint" --steps 600 --warm-up 0 --decay 1.0 \
  --tokens-per-batch 8192 --max-tokens 1152 --recital-share 0.01 --document-share 0.42 --picture-share 0.35 --seed 71
$train export --tokenizer "$start/tokenizer.json" --run "$out/final" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini $photos
