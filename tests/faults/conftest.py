from tests.cli.desk import one_model

__all__ = ["one_model"]
