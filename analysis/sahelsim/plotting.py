"""What the figures of all commands share: style, colours, panels, axes, and saving as PNG and SVG."""

import functools
import io
import math
import os
import re
import textwrap

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

# Okabe & Ito (2008), "Color universal design": colour-blind people tell them apart. Without yellow, too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
REFERENCE, LOWER, HIGHER = "#444444", "#0072B2", "#D55E00"
_STYLE = {
    "font.size": 8, "axes.titlesize": 8, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.labelsize": 8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.6, "xtick.major.width": 0.6,
    "ytick.major.width": 0.6, "legend.frameon": False, "legend.fontsize": 8, "figure.dpi": 200, "svg.fonttype": "none",
    "svg.hashsalt": "sahelsim", "figure.constrained_layout.use": True, "figure.constrained_layout.w_pad": 0.08,
}


def drawn(figures):
    """Figures one by one, in memory.

    Parameters
    ----------
    figures : iterator of (str, matplotlib.figure.Figure)
        Names and figures, made while they are asked for, in the style of this package.

    Yields
    ------
    name, title : str
    image : callable
        Takes "png" or "svg" and gives the file's bytes, until the next figure is asked for.
    """
    with plt.rc_context(_STYLE):
        for name, figure in figures:
            figure.draw_without_rendering()
            figure.set_layout_engine("none")  # which has done its work: not once for each kind of file
            # Arms may be called by the path of their file.
            yield re.sub(r"[^\w.#-]", "_", name), figure.get_label(), functools.partial(_image, figure)
            plt.close(figure)


def _image(figure, ending):
    content = io.BytesIO()
    figure.savefig(content, format=ending, metadata={"Date": None} if ending == "svg" else None)
    return content.getvalue()


def save(folder, figures):
    """Figures as files, each as PNG and SVG.

    Parameters
    ----------
    folder : str
        Folder that exists.
    figures : iterator of (str, matplotlib.figure.Figure)
        As `drawn` takes them.

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    names = []
    for name, _, image in drawn(figures):
        for ending in ("png", "svg"):
            with open(os.path.join(folder, f"{name}.{ending}"), "wb") as file:
                file.write(image(ending))
        names.append(name)
    return names


def grid(count, columns, width, height, **options):
    """A grid of panels; those that are left over are hidden.

    Parameters
    ----------
    count, columns : int
        How many panels, and how many in a row at most.
    width, height : float
        Of the whole figure, and of each row, in inches.
    **options
        Of `matplotlib.pyplot.subplots`.

    Returns
    -------
    figure : matplotlib.figure.Figure
    panels : list of matplotlib.axes.Axes
    """
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    figure, axes = plt.subplots(rows, columns, figsize=(width, height * rows), squeeze=False, **options)
    for axis in axes.flat[count:]:
        axis.set_visible(False)
    return figure, list(axes.flat[:count])


def entitle(figure, text):
    """The title over all panels, by which the figure is called too."""
    figure.set_label(text)
    figure.suptitle(text, fontsize=9, fontweight="bold", x=0.01, ha="left")


def caption(figure, text):
    """What one needs to read the figure, below it."""
    figure.supxlabel(text, fontsize=7, color="#555555")


def wrapped(label, width=30):
    """A title in lines."""
    return textwrap.fill(label, width)


def unit_words(unit):
    """The unit of an outcome as axes call it."""
    return {"1": "number", "person": "people", "share": "% of runs"}.get(unit, unit)


def numbers(axis, unit):
    """Few round numbers, in thousands or millions where they are large; the unit with that."""
    largest = max(map(abs, axis.get_view_interval()))
    divisor, words = (1e6, "million ") if largest >= 2e6 else (1e3, "thousand ") if largest >= 1e4 else (1, "")
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / divisor:,.6g}".replace("-", "\N{MINUS SIGN}")))
    return (words + unit).replace("thousand number", "thousands").replace("million number", "millions")


def last_days(months):
    """Where months stand on the axis: sums and stocks are those of their last day."""
    return (months + 1).astype("datetime64[D]") - 1


def time_axis(axes, months):
    """Ticks of the axis of time, from the first of the days to the last."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=5)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=len(months) < 12))
    axes.set_xlim(months[0], months[-1])
