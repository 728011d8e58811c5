"""`python -m kg`: the command line without its script."""

from kg.cli.main import main

main()
