"""Builds: the stages joined into one run."""

from kg.build.run import BuildReport, run_annotation, run_build

__all__ = ["BuildReport", "run_annotation", "run_build"]
