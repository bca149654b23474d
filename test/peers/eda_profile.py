"""Statistics of tables by pandas, scipy, phik, statsmodels and ydata-profiling, for eda-profile.test.ts: JSON in, JSON out."""
import json
import sys
import warnings

warnings.simplefilter("ignore")
import numpy as np
import pandas as pd
from scipy import stats

KENDALL_ROWS = 2000


def plain(value):
    if isinstance(value, (np.bool_, bool)):
        return bool(value)
    value = float(value)
    return value if np.isfinite(value) else None


def read(path, dates, numbers):
    frame = pd.read_csv(path, parse_dates=dates, na_values=["?"])  # as our reader
    for name in numbers:
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    return frame


def numeric(values):
    present = values.dropna().astype(float)
    return {
        "count": len(present),
        "missing": int(values.isna().sum()),
        "distinct": int(present.nunique()),
        "unique": int((present.value_counts() == 1).sum()),
        "mean": plain(present.mean()),
        "std": plain(present.std()),
        "variance": plain(present.var()),
        "cv": plain(present.std() / present.mean()),
        "skewness": plain(present.skew()),
        "kurtosis": plain(present.kurt()),
        "sum": plain(present.sum()),
        "minimum": plain(present.min()),
        "maximum": plain(present.max()),
        "mad": plain(stats.median_abs_deviation(present)),
        "zeros": int((present == 0).sum()),
        "negative": int((present < 0).sum()),
        "increasing": bool(present.is_monotonic_increasing),
        "quantiles": [plain(present.quantile(q)) for q in (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)],
        "topCounts": [int(n) for n in present.value_counts().head(10)],
        "smallest": [[plain(v), int(n)] for v, n in present.value_counts().sort_index().head(10).items()],
        "largest": [[plain(v), int(n)] for v, n in present.value_counts().sort_index(ascending=False).head(10).items()],
    }


def text(values):
    present = values.dropna().astype(str)
    lengths = present.str.len()
    return {
        "count": len(present),
        "missing": int(values.isna().sum()),
        "distinct": int(present.nunique()),
        "unique": int((present.value_counts() == 1).sum()),
        "topCounts": [int(n) for n in present.value_counts().head(10)],
        "lengths": [int(lengths.min()), int(lengths.max()), float(lengths.mean()), float(lengths.median())],
        "characters": int(lengths.sum()),
    }


def described(frame, histograms):
    columns = {}
    for name in frame.columns:
        values = frame[name]
        if pd.api.types.is_datetime64_any_dtype(values):
            columns[name] = {"kind": "date", "minimum": values.min().isoformat(), "maximum": values.max().isoformat()}
        elif pd.api.types.is_bool_dtype(values):
            columns[name] = {"kind": "boolean"}
        elif pd.api.types.is_numeric_dtype(values):
            columns[name] = {"kind": "number", **numeric(values)}
        else:
            columns[name] = {"kind": "string", **text(values)}
        if name in histograms and not pd.api.types.is_datetime64_any_dtype(values):
            counts, _ = np.histogram(values.dropna(), bins=np.array(histograms[name]["edges"]))
            columns[name]["histogram"] = counts.tolist()
            chi = stats.chisquare(counts) if len(counts) > 1 else None
            columns[name]["uniformity"] = [plain(chi.statistic), plain(chi.pvalue)] if chi else None
    return columns


def matrix(frame):
    return [[plain(v) for v in row] for row in frame.to_numpy()]


def bins(values):
    """Ten bins that hold their upper edges; phik's own moves its lowest edge by 1e-14, so that integers at edges change bins."""
    edges = np.linspace(values.min(), values.max(), 11)
    return pd.Series(np.clip(np.searchsorted(edges, values), 1, 10), index=values.index).where(values.notna())


def associations(frame, wanted):
    from phik.phik import phik_from_hist2d
    from ydata_profiling.model.pandas.correlations_pandas import _pairwise_cramers

    found = {}
    for kind, names in wanted.items():
        part = frame[names]
        if kind in ("pearson", "spearman"):
            found[kind] = matrix(part.corr(method=kind))
        elif kind == "kendall":
            found[kind] = matrix(part.head(KENDALL_ROWS).corr(method="kendall"))
        elif kind == "cramersV":
            found[kind] = [[1.0 if a == b else plain(_pairwise_cramers(frame[a], frame[b])) for b in names] for a in names]
        elif kind == "phiK":
            groups = {n: bins(frame[n]) if n in wanted["numeric"] else frame[n] for n in names}
            found[kind] = [[1.0 if a == b else plain(phik_from_hist2d(pd.crosstab(groups[a], groups[b]).values)) for b in names] for a in names]
    return found


def ydata(frame):
    """What the profiler itself says."""
    from ydata_profiling import ProfileReport

    report = ProfileReport(frame, progress_bar=False, correlations={"auto": {"calculate": True}}, interactions=None)
    description = report.get_description()
    table = description.table
    kept = ("type", "n_distinct", "n_missing", "n_zeros", "n_negative", "mean", "std", "variance", "kurtosis", "skewness", "mad", "iqr", "cv", "min", "max", "5%", "25%", "50%", "75%", "95%", "imbalance")
    variables = {}
    for name, values in description.variables.items():
        numbers = {k: plain(values[k]) for k in kept if isinstance(values.get(k), (bool, int, float, np.number))}
        variables[name] = {**numbers, "type": str(values["type"])}
    auto = description.correlations.get("auto")
    return {
        "duplicateGroups": int(table["n_duplicates"]),
        "missingCells": int(table["n_cells_missing"]),
        "variables": variables,
        "auto": {"columns": list(auto.columns), "values": matrix(auto)},
    }


def series(frame, names):
    from statsmodels.tsa.stattools import acf, adfuller, pacf

    found = {}
    for name in names:
        values = frame[name].dropna().astype(float).to_numpy()
        statistic, p, lags, n_obs, *_ = adfuller(values, regression="c", autolag="AIC")
        found[name] = {
            "adf": [plain(statistic), plain(p), int(lags), int(n_obs)],
            "acf": [plain(v) for v in acf(values, nlags=40, fft=False)],
            "pacf": [plain(v) for v in pacf(values, nlags=40, method="ywm")],
        }
    return found


def main():
    request = json.load(sys.stdin)
    frame = read(request["path"], request["dates"], request["numbers"])
    answer = {"columns": described(frame, request["histograms"]), "associations": associations(frame, request["associations"])}
    answer["duplicates"] = [int(frame.duplicated().sum()), int(frame[frame.duplicated(keep=False)].drop_duplicates().shape[0])]
    answer["series"] = series(frame, request["series"])
    answer["ydata"] = ydata(frame)
    print(json.dumps(answer))


main()
