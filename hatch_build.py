"""Puts the scripts of the exported page and of the explorer into the wheel."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: `skip` leaves the scripts out, `require` makes it an error that they cannot be built.
_CHOICE = "SAYSO_WEB"


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds them; where that cannot be done, the rest is installed all the same."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle, and have a wheel take it along; a checkout uses it where it is built.

        Raises:
            BundleFailedError: it cannot be built, and SAYSO_WEB is `require`.
        """
        choice = os.environ.get(_CHOICE, "")
        if choice == "skip":
            return
        path = Path(self.root, "web", "bundle.py")
        spec = importlib.util.spec_from_file_location("sayso_web_bundle", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        bundle = importlib.util.module_from_spec(spec)
        # A named tuple of the module looks its module up.
        sys.modules[spec.name] = bundle
        spec.loader.exec_module(bundle)
        try:
            bundle.build_bundle()
        except bundle.BundleFailedError as error:
            if choice == "require":
                raise
            self.app.display_warning(f"the page's and the explorer's scripts are left out: {error}")
            return
        if version != "editable":
            build_data["force_include"][str(bundle.TARGET)] = "kg/_data/web"
