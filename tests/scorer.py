"""bench/capture.py as a module for the tests: it is a script, in a folder that is no package."""

import importlib.util
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location(
    "bench_capture", Path(__file__).parent.parent / "bench" / "capture.py"
)
assert _SPEC is not None and _SPEC.loader is not None
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)
