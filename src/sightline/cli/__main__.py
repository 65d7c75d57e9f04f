"""`python -m sightline.cli`: the program without its entry point on the path."""

from sightline.cli.main import main

main()
