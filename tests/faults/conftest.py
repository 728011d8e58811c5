from tests.cli.desk import every_store_is_valid, one_model

__all__ = ["every_store_is_valid", "one_model"]
