"""sahelsim: an agent-based simulator of the conflict in Mali, in this Python process.

>>> import sahelsim
>>> result = sahelsim.run("sahelsim:small", {"control.relaxation_time": 45})      # an xarray Dataset
>>> simulator = sahelsim.Simulator("sahelsim:small")                              # day by day
>>> simulator.step(31)

See docs/tutorial-python.md. Results of many runs are better made with the program `sahelsim run`, which uses all processors
and writes one file.
"""

__all__ = ["Cohorts", "InputError", "Simulator", "State", "Units", "__version__", "run"]

_HOMES = {
    "Cohorts": "state",
    "InputError": "simulation",
    "Simulator": "simulation",
    "State": "state",
    "Units": "state",
    "__version__": "simulation",
    "run": "simulation",
}


# Looked up when they are used, so that what needs no simulator works where the compiled module was not built.
def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'sahelsim' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
