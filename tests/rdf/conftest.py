from pathlib import Path

import pytest

from kg.model.annotation import Annotation


@pytest.fixture(scope="session")
def lake_talks() -> Annotation:
    """An annotated document with every kind of part, some of them unresolved, negated or nested."""
    return Annotation.model_validate_json((Path(__file__).parent / "lake_talks.json").read_bytes())
