"""The explorer at `/`: pages for people over one store, without script but for the network picture and the SPARQL editor."""

from __future__ import annotations

from kg.serve.explorer.routes import routes, show_missing

__all__ = ["routes", "show_missing"]
