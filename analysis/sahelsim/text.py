"""Numbers and tables as people read them."""

import math
import textwrap


def _no_number(value):
    return "-" if value is None or math.isnan(value) else "infinite" if value > 0 else "-infinite"


def number(value):
    """Three digits that count, with commas between thousands; "-" for what there is not."""
    if value is None or not math.isfinite(value):
        return _no_number(value)
    if value == 0:
        return "0"
    places = 2 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return f"{rounded:,.{min(max(places, 0), 6)}f}" if rounded else "0"


def short(value):
    """The same in little room: k for thousands from 10,000 on, M for millions."""
    if value is None or not math.isfinite(value):
        return _no_number(value)
    for limit, unit, letter in ((999_500, 1e6, "M"), (9_995, 1e3, "k")):
        if abs(value) >= limit:
            return number(value / unit) + letter
    return number(value)


def signed(value, form=number):
    """A number with its sign."""
    text = form(value)
    return text if text in ("-", "0") or value < 0 else "+" + text


def percent(share):
    """A share in percent, whole but for small ones."""
    if share is None or not math.isfinite(share):
        return _no_number(share)
    value = 100 * share
    return f"{value:.1f}" if 0 < abs(value) < 9.95 and round(value, 1) != round(value) else f"{value:.0f}"


def probability(p):
    """A p-value."""
    if p is None or math.isnan(p):
        return "-"
    return "<0.001" if p < 0.001 else "1" if p > 0.995 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def _columns_that_fit(widths, first, width):
    """Cut columns behind the first into groups that fit beside it."""
    groups, used = [[]], first
    for column, wide in enumerate(widths):
        if groups[-1] and used + 2 + wide > width:
            groups.append([])
            used = first
        groups[-1].append(column)
        used += 2 + wide
    return groups


def table(header, rows, width=120):
    """A table whose first column is text and whose others are numbers.

    Too narrow a screen first wraps the first column, then continues the table below with the columns that are left.

    Parameters
    ----------
    header : list of str
    rows : list of list of str
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(1, len(header))]
    longest = max(len(row[0]) for row in [header, *rows])
    first = max(min(longest, width - sum(widths) - 2 * len(widths)), min(longest, 22))
    parts = []
    for group in _columns_that_fit(widths, first, width):
        lines = []
        for number_of_row, row in enumerate([header, *rows]):
            cells = textwrap.wrap(row[0], first, subsequent_indent="  ") or [""]
            numbers = "".join("  " + row[1 + column].rjust(widths[column]) for column in group)
            lines += [(cells[0].ljust(first) + numbers).rstrip(), *cells[1:]]
            if number_of_row == 0:
                lines.append("-" * (first + sum(2 + widths[column] for column in group)))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def paragraph(text, width=120, indent="  "):
    """A text in lines, those after the first indented."""
    return textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
