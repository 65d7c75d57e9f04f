#!/usr/bin/env bash
# 27 minutes of one GPU, as three commands of nine: `runs/gpu_slot.sh text`, `... encoder`, `... joint`, in this order.
# Each may be repeated: it goes on where it stopped. START: the exported model to begin with. PHOTOS as in train_mini.sh.
# What comes back after `joint` are pieces of at most 15 MiB in OUT/pieces; `cat pieces/* > average.safetensors` joins them,
# and `python -m sightline.training.main export` makes the model of it. Not yet run on a GPU: the step counts are guesses
# and want to be set from the speed that the first minute prints.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/gpu}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main train --tokenizer $start/tokenizer.json ${PHOTOS:+--photos $PHOTOS}"
many="--n-workers ${WORKERS:-14} --n-threads 2 --save-every 100 --minutes 8.5"
case "${1:?text, encoder or joint}" in
  text)
    $train $many --out "$out/text" --start "$start" --steps 9000 --decay 0 --warm-up 0.005 --tokens-per-batch 131072 \
      --max-tokens 1152 --document-share 0.9 --picture-share 0 --muon-lr 0.012 --adam-lr 4e-3 --seed 301 ;;
  encoder)
    $train $many --out "$out/encoder" --start "$start" --steps 9000 --decay 0 --warm-up 0.005 --tokens-per-batch 131072 \
      --max-tokens 448 --document-share 0 --dense-only --muon-lr 0.015 --adam-lr 2e-3 --seed 311 \
      --share boxes=0.25 --share puzzles=0.25 --share shapes=0.35 --share charts=0.1 ;;
  joint)
    $train $many --out "$out/joint" --start "$out/text" --encoder "$out/encoder" --steps 3000 --decay 0.7 --warm-up 0.005 \
      --tokens-per-batch 131072 --max-tokens 1152 --document-share 0.45 --picture-share 0.5 --dense-weight 0.6 \
      --muon-lr 0.012 --adam-lr 4e-3 --seed 321
    mkdir -p "$out/pieces"
    split -b 15M "$out/joint/average.safetensors" "$out/pieces/average." ;;
  *) echo "text, encoder or joint, not $1" >&2; exit 2 ;;
esac
