"""What the compiled module hands over, as xarray's datasets."""

import numpy
import xarray

# How a file's reader keeps what it has decoded.
_TIME = {"units", "calendar"}


def _variable(dimensions, values, attributes):
    encoding = {}
    if isinstance(values, list):
        values = numpy.array(values, dtype=object)
    elif attributes.get("units", "").startswith("days since 1970-01-01"):
        values = values.astype("datetime64[D]").astype("datetime64[ns]")
        encoding = {name: attributes[name] for name in _TIME}
        attributes = {name: value for name, value in attributes.items() if name not in _TIME}
    return xarray.Variable(dimensions, values, attributes, encoding)


def dataset(results):
    """The Dataset of one replicate.

    Parameters
    ----------
    results : tuple
        What ``_core.Simulation.results`` gives: attributes, and for each variable its name, dimensions, whether it is a
        coordinate, its values and its attributes.

    Returns
    -------
    xarray.Dataset
    """
    attributes, variables = results
    coordinates, data = {}, {}
    for name, dimensions, is_coordinate, values, about in variables:
        (coordinates if is_coordinate else data)[name] = _variable(dimensions, values, about)
    return xarray.Dataset(data, coordinates, attributes)
