"""Numbers as JSON documents."""

import json
import math


def plain(value):
    """Anything as JSON has it: null for what there is not and for open ends, lists for arrays."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if hasattr(value, "tolist"):  # of numpy, an array or a single value
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write(path, document):
    """A document in a file, made plain."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(plain(document), file, indent=1, allow_nan=False)
        file.write("\n")
