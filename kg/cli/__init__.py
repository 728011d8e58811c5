"""The command `kg`: one module for each group of commands; heavy imports wait until a command runs."""
