"""Metrics of joined rows by scikit-learn, and CBPE by the definition of NannyML, written out with NumPy."""

import json
import sys

import numpy
from sklearn import metrics


def realised(target, scores):
    decided = (scores >= 0.5).astype(int)
    return {
        "auc": metrics.roc_auc_score(target, scores),
        "prAuc": metrics.average_precision_score(target, scores),
        "logLoss": metrics.log_loss(target, scores),
        "brier": metrics.brier_score_loss(target, scores),
        "accuracy": metrics.accuracy_score(target, decided),
        "precision": metrics.precision_score(target, decided),
        "recall": metrics.recall_score(target, decided),
        "f1": metrics.f1_score(target, decided),
    }


def estimated(scores):
    """nannyml.performance_estimation.confidence_based.metrics: estimate_roc_auc, estimate_f1 and the like."""
    ordered = numpy.sort(scores)
    true_positive = numpy.cumsum(ordered[::-1])[::-1]
    false_positive = numpy.cumsum(1 - ordered[::-1])[::-1]
    tpr = numpy.append(true_positive / ordered.sum(), 0)
    fpr = numpy.append(false_positive / (1 - ordered).sum(), 0)
    decided = scores >= 0.5
    tp, fp = scores[decided].sum(), (1 - scores[decided]).sum()
    fn, tn = scores[~decided].sum(), (1 - scores[~decided]).sum()
    return {
        "auc": metrics.auc(fpr, tpr),
        "accuracy": (tp + tn) / len(scores),
        "precision": tp / (tp + fp),
        "recall": tp / (tp + fn),
        "f1": 2 * tp / (2 * tp + fp + fn),
    }


given = json.load(sys.stdin)
target, scores = numpy.array(given["target"]), numpy.array(given["scores"])
print(json.dumps({"realised": realised(target, scores), "estimated": estimated(scores)}))
