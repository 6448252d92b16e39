"""A comparison on the screen."""

from . import comparison_tables, words
from .text import paragraph, table
from .words import MANY, label


def _tables(rows, first, name, width):
    return "\n\n".join(table(*found, width) for found in comparison_tables.effects(rows, first, name))


def _parts(comparison, width):
    arms = comparison.settings.arms
    if comparison.parts.empty:
        return []
    if len(arms) >= MANY:
        return [paragraph("By year and region: in --csv, --json and --figures, or here with --arms for fewer arms.", width)]
    lines = []
    for arm in arms:
        for scope, title in (("year", "By year"), ("region", "By region")):
            found = comparison_tables.parts(comparison, arm, scope)
            if found:
                what = f"{title}, {arm} less {comparison.settings.reference}; flows as sums, stocks as at the end"
                lines += [paragraph(what, width), table(*found, width)]
    return [*lines, paragraph(words.STAR, width)] if lines else []


def _sentences(comparison, width):
    several = len(comparison.settings.arms) > 1
    lines = []
    for arm, sentences in words.summary(comparison):
        lines += [f"{arm} against {comparison.settings.reference}:"] if arm and several else []
        lines += [paragraph(sentence, width) for sentence in sentences]
    return lines


def _pareto(comparison, width):
    found = comparison_tables.pareto(comparison)
    return [paragraph(words.PARETO, width), table(*found, width)] if found else []


def text_of(results, comparison, width):
    """The whole comparison.

    Parameters
    ----------
    results : results.Results
    comparison : comparison.Comparison
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    settings = comparison.settings
    rows = comparison_tables.worth_showing(comparison.effects.to_dict("records"))
    weights = words.weights(comparison)
    blocks = [paragraph(words.headline(results, comparison), width)] + ([paragraph(weights, width)] if weights else [])
    if len(settings.arms) >= MANY:
        for _, group in comparison.effects.groupby("outcome", sort=False):
            group = group.to_dict("records")
            if all(row["verdict"] == "no_difference" and row["arm_mean"] == 0 for row in group):
                continue
            blocks += [label(group[0]) + (f" ({group[0]['better']} is better)" if group[0]["better"] else ""),
                       _tables(group, "arm", lambda row: row["arm"], width)]
    else:
        for arm in settings.arms:
            blocks += [arm] if len(settings.arms) > 1 else []
            of_arm = [row for row in rows if row["arm"] == arm]
            blocks += [_tables(of_arm, "outcome", label, width)] if of_arm else []
    if not rows:
        blocks.append("Nothing differs from 0 in any run.")
    blocks += _parts(comparison, width) + _pareto(comparison, width)
    blocks += ["\n".join(paragraph(text, width, "") for text in words.legend(comparison)),
               "\n".join(_sentences(comparison, width))]
    blocks += ["\n".join(paragraph("Note: " + note, width) for note in comparison.notes)] if comparison.notes else []
    return "\n\n".join(blocks) + "\n"
