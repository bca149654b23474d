"""pandas and LightGBM for bench/batch.mjs: makes model and files once, scores a file to a file, compares two files of scores."""

import json
import pathlib
import sys

N_COLUMNS = 28


def columns(n_rows, seed):
    import numpy
    import pandas

    random = numpy.random.default_rng(seed)
    x = random.normal(size=(n_rows, N_COLUMNS)).astype(numpy.float32)
    x[:, 20:] = numpy.abs(x[:, 20:]) + 0.2
    return pandas.DataFrame(x, columns=[f"f{i}" for i in range(N_COLUMNS)])


def prepare(folder):
    import lightgbm
    import numpy
    import pandas

    if not (folder / "model.txt").exists():
        x = columns(200_000, 1)
        score = 1.2 * x.f0 * x.f1 + x.f2 - 0.8 * (x.f21 > 1) + 0.5 * numpy.sin(3 * x.f3)
        y = numpy.random.default_rng(2).random(len(x)) < 1 / (1 + numpy.exp(-score))
        params = {"objective": "binary", "num_leaves": 31, "verbosity": -1}
        lightgbm.train(params, lightgbm.Dataset(x, y), 100).save_model(folder / "model.txt")
    if not (folder / "rows-200k.csv").exists():
        columns(200_000, 3).to_csv(folder / "rows-200k.csv", index=False)
    if not (folder / "rows-1m.parquet").exists():
        columns(1_000_000, 4).to_parquet(folder / "rows-1m.parquet")
    write_groups(folder / "groups-1m.parquet", 10)
    write_groups(folder / "groups-10m.parquet", 100)
    print(json.dumps({"pandas": pandas.__version__, "LightGBM": lightgbm.__version__}))


def write_groups(path, n_groups):
    """Row groups of 100,000 rows, the same ones over and over."""
    import pyarrow
    import pyarrow.parquet

    if path.exists():
        return
    table = pyarrow.Table.from_pandas(columns(100_000, 5))
    with pyarrow.parquet.ParquetWriter(path, table.schema) as writer:
        for _ in range(n_groups):
            writer.write_table(table)


def score(folder, data, out, *flags):
    import lightgbm
    import pandas

    rows = pandas.read_csv(folder / data) if data.endswith(".csv") else pandas.read_parquet(folder / data)
    scores = lightgbm.Booster(model_file=folder / "model.txt").predict(rows)
    result = rows.assign(score=scores) if "--with-columns" in flags else pandas.DataFrame({"score": scores})
    result.to_csv(folder / out, index=False) if out.endswith(".csv") else result.to_parquet(folder / out)


def check(folder, ours, theirs):
    import pandas

    read = pandas.read_csv if ours.endswith(".csv") else pandas.read_parquet
    difference = (read(folder / ours).score - read(folder / theirs).score).abs().max()
    if not difference < 1e-9:
        raise SystemExit(f"batch: scores differ by {difference}")


{"prepare": prepare, "score": score, "check": check}[sys.argv[1]](pathlib.Path(sys.argv[2]), *sys.argv[3:])
