"""A classification tree as a second opinion on boxes (CART). Arrays only.

Breiman, Friedman, Olshen & Stone (1984), "Classification and regression trees", Wadsworth; `sklearn.tree`.
"""

from collections import namedtuple

import numpy
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from .prim import least_points, proportion_interval

Tree = namedtuple("Tree", "leaves accuracy_within accuracy base low high")
Leaf = namedtuple("Leaf", "conditions points wins")  # conditions: (factor, "<=" or ">", value), from the root down


def _folds(wins, seed, most=5):
    return StratifiedKFold(int(min(most, wins.sum(), (~wins).sum())), shuffle=True, random_state=seed)


def _pruned(points, wins, seed):
    """The tree pruned where cross-validation says: the smallest within one standard error of the best.

    Breiman et al. (1984), section 3.4: cost-complexity pruning and the rule of one standard error.
    """
    def grown(alpha):
        return DecisionTreeClassifier(min_samples_leaf=least_points(len(points)), ccp_alpha=alpha, random_state=seed)

    path = grown(0).cost_complexity_pruning_path(points, wins).ccp_alphas
    # Between two alphas that change the tree; the last one leaves the root alone.
    alphas = numpy.append(numpy.sqrt(numpy.maximum(path[:-1], 0) * path[1:]), path[-1] * 1.01 + 1e-12)
    right = numpy.zeros((len(alphas), len(wins)), bool)
    for kept, tried in _folds(wins, seed).split(points, wins):
        for number, alpha in enumerate(alphas):
            right[number, tried] = grown(alpha).fit(points[kept], wins[kept]).predict(points[tried]) == wins[tried]
    accuracy = right.mean(1)
    best = accuracy.max()
    error = numpy.sqrt(best * (1 - best) / len(wins))
    return grown(alphas[numpy.flatnonzero(accuracy >= best - error)[-1]]).fit(points, wins)


def classify(points, wins, seed=1):
    """Grow and prune a tree, and find out how often it is right on points that had no part in it.

    Values are ranked first, so that another scale of a factor gives the same tree; an end of a leaf lies halfway between two
    points.

    Parameters
    ----------
    points : numpy.ndarray
        [point, factor]
    wins : numpy.ndarray of bool
        [point] Two at least of each kind.
    seed : int, optional

    Returns
    -------
    Tree
        leaves; accuracy_within, share of points that it sorts rightly; accuracy, the same of points that were held out
        while it was grown and pruned (nested cross-validation, five folds), with a 90 % interval low to high (Clopper &
        Pearson); base, the share of the more frequent kind, which is what knowing nothing of parameters gives.
    """
    ranks = numpy.stack([numpy.unique(column, return_inverse=True)[1] for column in points.T], 1).astype(float)
    right = numpy.zeros(len(wins), bool)
    for kept, tried in _folds(wins, seed).split(ranks, wins):
        enough = min(wins[kept].sum(), (~wins[kept]).sum()) >= 2
        guess = _pruned(ranks[kept], wins[kept], seed).predict(ranks[tried]) if enough else wins[kept].mean() > 0.5
        right[tried] = guess == wins[tried]
    whole = _pruned(ranks, wins, seed)
    low, high = proportion_interval(right.sum(), len(right))
    return Tree(_leaves(whole.tree_, points, ranks, wins), whole.score(ranks, wins), right.mean(),
                max(wins.mean(), 1 - wins.mean()), low, high)


def _leaves(tree, points, ranks, wins):
    """Leaves from left to right."""
    def below(node, conditions, inside):
        if tree.children_left[node] < 0:
            return [Leaf(conditions, int(inside.sum()), int(wins[inside].sum()))]
        factor = int(tree.feature[node])
        under = ranks[:, factor] <= tree.threshold[node]
        value = float((points[under, factor].max() + points[~under, factor].min()) / 2)
        sides = (tree.children_left[node], "<=", under), (tree.children_right[node], ">", ~under)
        return [leaf for child, sign, side in sides
                for leaf in below(child, [*conditions, (factor, sign, value)], inside & side)]

    return below(0, [], numpy.ones(len(wins), bool))
