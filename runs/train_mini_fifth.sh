#!/usr/bin/env bash
# The fifth stretch of sightline-mini, from the weights before: the encoder learns what photos show (40 minutes of two CPU cores), then
# everything together with what is measured in the prompt (25 minutes), then with the encoder of the first stage, kept as it is, and
# many photos to name (25 minutes). Needs `make train-setup`. PHOTOS: the folder of labelled photos, as in train_mini.sh. START: the
# exported fourth weights. As it was run, the first stage was planned for 3,000 steps and shortened to 2,400 after 2,000; albums came
# in at step 150 of the second, which was planned for 900 steps and stopped at 475, when it was seen to undo the first; steps 150 to
# 300 of the third had a naming share of 0.92 and half as many spoiled photos.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-fifth}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"
usual="--photos $PHOTOS --save-every 25 --tokens-per-batch 8192 --max-tokens 1152 --picture-share 0.3 --decay 0.8 --muon-lr 0.014
  --adam-lr 4.5e-3 --share screens=0.05 --share signs=0.05 --share textonly=0.02"

$train objects --tokenizer "$start/tokenizer.json" --photos "$PHOTOS" --out "$out/objects" --start "$start" --steps 2400 --kept 0.36
$train train --tokenizer "$start/tokenizer.json" $usual --out "$out/all" --start "$start" --encoder "$out/objects" --steps 900 \
  --warm-up 0.01 --document-share 0.38 --album-share 0.08 --dense-weight 0.3 --seed 412 --share boxes=0.16 --share puzzles=0.18 \
  --share shapes=0.12 --share charts=0.30 --share photos=0.16
$train train --tokenizer "$start/tokenizer.json" $usual --out "$out/named" --start "$out/all" --encoder "$out/objects" --keep-encoder \
  --steps 600 --warm-up 0.02 --document-share 0.40 --album-share 0.05 --naming-share 0.55 --dense-weight 0 --seed 513 \
  --share boxes=0.17 --share puzzles=0.20 --share shapes=0.10 --share charts=0.32 --share photos=0.08
$train export --tokenizer "$start/tokenizer.json" --run "$out/named" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini --photos "$PHOTOS"
