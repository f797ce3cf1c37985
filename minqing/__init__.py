"""minqing (民情): write one diary entry; every ledger and report derives itself."""

__version__ = "0.1.0"
