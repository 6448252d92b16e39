"""The scale on which simulated and observed figures are compared: logarithms of counts, classes as they are."""

from dataclasses import dataclass

import numpy

_LEAST = {"state_agents": 0.01}  # a share, told in percent; all other quantities are counts
_CLASSES = {"presence_class"}


def is_class(quantity):
    """Whether a quantity of targets.yaml is a class, compared as it is."""
    return quantity in _CLASSES


def least(quantity):
    """The least above 0 that a quantity can be as sources tell it."""
    return _LEAST.get(quantity, 1.0)


@dataclass(frozen=True)
class Scale:
    """``log(offset + x)``, or x itself where `offset` is None."""

    offset: float | None

    @property
    def words(self):
        """str: As people read it."""
        return "class" if self.offset is None else f"log({self.offset:g} + x)"

    def forward(self, values):
        """Figures on the scale."""
        values = numpy.asarray(values, dtype=float)
        return values if self.offset is None else numpy.log(self.offset + values)

    def back(self, values):
        """From the scale to figures."""
        values = numpy.asarray(values, dtype=float)
        return values if self.offset is None else numpy.exp(values) - self.offset

    def error(self, figure, error):
        """Standard deviation on the scale of a figure whose natural logarithm has the standard deviation `error`.

        By the delta method ``error x / (offset + x)``, so that a figure of 0, whose logarithm there is not, has the error of
        a figure of 1 (or of the offset): ``error / 2``. Of classes the error itself.
        """
        if self.offset is None:
            return float(error)
        figure = max(float(figure), self.offset)
        return float(error * figure / (self.offset + figure))


def scale_of(quantity):
    """The scale of a quantity of targets.yaml."""
    return Scale(None if is_class(quantity) else least(quantity))
