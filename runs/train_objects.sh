#!/usr/bin/env bash
# The network that names what photos show (docs/decisions/0035-photos-are-named.md): about 14 minutes of two CPU cores.
# Needs `make train-setup`. PHOTOS: the folder of labelled photos, as in train_mini.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${OUT:-out/objects}
python -m sightline.training.main objects --photos "$PHOTOS" --out "$out" --steps 2200
python -m sightline.training.main export-objects --photos "$PHOTOS" --run "$out"
