#!/usr/bin/env bash
# sightline-mini from nothing: about two hours on two CPU cores. Needs `make train-setup`.
# PHOTOS: a folder with labels.jsonl and pictures (CC0 clothing, MIT groceries); without it there are no photos.
# The published weights went through these stages while the scenes were still growing: cards, menus, tables, charts and
# screens came in during stage 3, longer receipts during stage 4, amounts with their currency during stage 5, whose dense
# heads began anew. The vocabulary was learned when there were only receipts, invoices, forms, shapes, photos and signs; stage 4
# had --max-tokens 896 --recital-share 0.04 --document-share 0.55 --picture-share 0.55 up to step 400; stage 5 was planned for
# 420 steps and given 480 at step 240. This script is the same road with the scenes of today, not the same weights.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini}
photos=${PHOTOS:+--photos $PHOTOS}
train="python -m sightline.training.main"
common="--tokenizer $out/tokenizer.json $photos --decay 0 --save-every 50"

$train tokenizer --out "$out/tokenizer.json" --n-scenes 5000 $photos
# 1. copying, on pages of one or two lines
$train train $common --out "$out/decoder" --steps 350 --warm-up 0.005 --n-threads 1 --tokens-per-batch 2048 \
  --max-tokens 256 --recital-share 1.0 --recital-lines 2 &
# 2. the encoder alone, beside it: what covers each patch
$train train $common --out "$out/encoder" --steps 250 --warm-up 0.005 --n-threads 1 --tokens-per-batch 10240 \
  --max-tokens 448 --document-share 0 --dense-only --seed 11 &
wait
# 3. documents as text lines
$train train $common --out "$out/decoder" --steps 450 --warm-up 0.005 --n-threads 1 --tokens-per-batch 4096 \
  --max-tokens 512 --recital-share 0.3 --document-share 1.0 --picture-share 0
# 4. everything, pictures and text together
$train train $common --out "$out/joint" --start "$out/decoder" --encoder "$out/encoder" --steps 700 --warm-up 0.003 \
  --tokens-per-batch 8192 --max-tokens 1024 --recital-share 0.02 --document-share 0.66 --picture-share 0.4 --seed 21
# 5. the same with the learning rate going down to nothing
$train train $common --out "$out/final" --start "$out/joint" --steps 480 --warm-up 0 --decay 1.0 \
  --tokens-per-batch 8192 --max-tokens 1024 --document-share 0.68 --picture-share 0.5 --seed 31
$train export --tokenizer "$out/tokenizer.json" --run "$out/final" --out src/sightline/model/sightline-mini
