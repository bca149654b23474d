"""scikit-learn's metrics, curves and unshuffled folds for the cases on stdin, as JSON on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn import calibration, metrics, model_selection


def binary(target, scores, weights):
    classes = (scores >= 0.5).astype(int)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        target, classes, average="binary", sample_weight=weights, zero_division=0
    )
    return {
        "auc": metrics.roc_auc_score(target, scores, sample_weight=weights),
        "prAuc": metrics.average_precision_score(target, scores, sample_weight=weights),
        "logLoss": metrics.log_loss(target, scores, sample_weight=weights),
        "brier": metrics.brier_score_loss(target, scores, sample_weight=weights),
        "accuracy": metrics.accuracy_score(target, classes, sample_weight=weights),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }


def multiclass(target, scores, weights):
    labels = np.arange(scores.shape[1])
    classes = scores.argmax(axis=1)
    macro = {"average": "macro", "sample_weight": weights, "zero_division": 0}
    return {
        "logLoss": metrics.log_loss(target, scores, labels=labels, sample_weight=weights),
        "accuracy": metrics.accuracy_score(target, classes, sample_weight=weights),
        "aucOvr": metrics.roc_auc_score(
            target, scores, multi_class="ovr", average="macro", labels=labels, sample_weight=weights
        ),
        "precisionMacro": metrics.precision_score(target, classes, **macro),
        "recallMacro": metrics.recall_score(target, classes, **macro),
        "f1Macro": metrics.f1_score(target, classes, **macro),
        "f1Weighted": metrics.f1_score(target, classes, average="weighted", sample_weight=weights, zero_division=0),
    }


def regression(target, values, weights):
    return {
        "rmse": metrics.root_mean_squared_error(target, values, sample_weight=weights),
        "mae": metrics.mean_absolute_error(target, values, sample_weight=weights),
        "r2": metrics.r2_score(target, values, sample_weight=weights),
    }


def curves(target, scores, weights):
    fpr, tpr, _ = metrics.roc_curve(target, scores, sample_weight=weights, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(target, scores, sample_weight=weights)
    observed, predicted = calibration.calibration_curve(target, scores, n_bins=10)
    return {
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist()},
        "precisionRecall": {"precision": precision[::-1].tolist(), "recall": recall[::-1].tolist()},
        "calibration": {"predicted": predicted.tolist(), "observed": observed.tolist()},
    }


def score(case):
    target = np.array(case["target"])
    predictions = np.array(case["predictions"])
    weights = np.array(case["weights"]) if "weights" in case else None
    if case["task"] == "multiclass":
        return {"metrics": multiclass(target, predictions.reshape(len(target), -1), weights)}
    if case["task"] == "regression":
        return {"metrics": regression(target, predictions, weights)}
    matrix = metrics.confusion_matrix(target, predictions >= 0.5, sample_weight=weights)
    confusion = {"confusion": matrix.ravel().tolist()}
    return {"metrics": binary(target, predictions, weights)} | curves(target, predictions, weights) | confusion


def folds(case):
    splitters = {
        "runs": model_selection.KFold(case["folds"]),
        "stratified": model_selection.StratifiedKFold(case["folds"]),
        "time": model_selection.TimeSeriesSplit(case["folds"]),
    }
    target = np.array(case["target"])
    found = splitters[case["kind"]].split(np.zeros((len(target), 1)), target)
    return [{"train": train.tolist(), "test": test.tolist()} for train, test in found]


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of classes that are never predicted: their score is 0 on both sides
    given = json.load(sys.stdin)
    json.dump({"scored": [score(case) for case in given["scored"]], "folds": [folds(case) for case in given["folds"]]}, sys.stdout)
