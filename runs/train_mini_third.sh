#!/usr/bin/env bash
# The third stretch of sightline-mini: from the published weights of the second stretch on, about three and a half hours on two CPU
# cores that were doing other work too. Needs `make train-setup`. PHOTOS as in train_mini.sh. START: the exported second weights.
# As before, the code moved while the stages ran: turns no longer see each other from stage 5 on, attention is written out from stage 5's
# middle on, pages are pointed at from stage 7 on, receipts begin with more scribbles in stage 8. Whoever runs this has all of it from
# the start: the same road, not the same weights. Stages 1 to 4 alone were no gain (docs/log.md, "a third stretch").
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/mini-third}
start=${START:-src/sightline/model/sightline-mini}
train="python -m sightline.training.main"
common="--tokenizer $start/tokenizer.json ${PHOTOS:+--photos $PHOTOS} --save-every 25"
shapes="--share boxes=0.22 --share puzzles=0.25 --share shapes=0.25 --share charts=0.18 --share photos=0.04 --share screens=0.03"
pages="--share boxes=0.06 --share puzzles=0.08 --share shapes=0.12 --share charts=0.46 --share photos=0.08 --share screens=0.09"
long="--tokens-per-batch 8192 --max-tokens 1152 --muon-lr 0.012 --adam-lr 4e-3"

# 1. shapes, boxes, geometry and charts
$train train $common $shapes --out "$out/1" --start "$start" --steps 850 --decay 0 --warm-up 0.004 --tokens-per-batch 6144 \
  --max-tokens 768 --document-share 0.06 --picture-share 0.4 --muon-lr 0.012 --adam-lr 6e-3 --seed 81 --share signs=0.03 --share textonly=0.01
# 2. the encoder alone: 25,000 pictures
$train train $common $shapes --out "$out/2" --start "$out/1" --steps 620 --decay 0 --warm-up 0.004 --tokens-per-batch 16384 \
  --max-tokens 448 --document-share 0 --dense-only --muon-lr 0.015 --adam-lr 2e-3 --seed 91 --share photos=0 --share textonly=0
# 3., 4. everything together, the rate going down; then again with more documents
$train train $common $shapes $long --out "$out/3" --start "$out/1" --encoder "$out/2" --steps 480 --warm-up 0.01 --decay 0.9 \
  --recital-share 0.01 --document-share 0.33 --picture-share 0.35 --dense-weight 0.6 --seed 101 --share signs=0.03 --share textonly=0.015
$train train $common $shapes $long --out "$out/4" --start "$out/3" --steps 260 --warm-up 0 --decay 1.0 --recital-share 0.01 \
  --document-share 0.62 --picture-share 0.3 --seed 111 --share signs=0.03 --share textonly=0.015
# 5. documents, most without their picture, each turn as if it were asked first
$train train $common $long --out "$out/5" --start "$out/4" --steps 420 --decay 0 --warm-up 0.003 --document-share 0.86 \
  --picture-share 0.1 --seed 211 --share boxes=0.05 --share puzzles=0.05 --share shapes=0.1 --share charts=0.45 \
  --share photos=0.05 --share screens=0.15 --share signs=0.1 --share textonly=0.05
# 6., 7. documents and pictures
for stage in 6:325:221 7:175:231; do
  IFS=: read -r n steps seed <<< "$stage"
  $train train $common $pages $long --out "$out/$n" --start "$out/$((n - 1))" --steps "$steps" --decay 0 --warm-up 0.003 \
    --document-share 0.58 --picture-share 0.3 --dense-weight 0.5 --seed "$seed" --share signs=0.08 --share textonly=0.03
done
# 8. the same with the rate going down to nothing
$train train $common $pages $long --out "$out/8" --start "$out/7" --steps 900 --decay 0.9 --warm-up 0.001 --document-share 0.58 \
  --picture-share 0.3 --dense-weight 0.5 --seed 251 --share signs=0.08 --share textonly=0.03
$train export --tokenizer "$start/tokenizer.json" --run "$out/8" --out src/sightline/model/sightline-mini
$train calibrate --model src/sightline/model/sightline-mini ${PHOTOS:+--photos $PHOTOS}
