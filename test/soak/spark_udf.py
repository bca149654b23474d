"""Scores many raw rows with mlflow.pyfunc.spark_udf in local mode, and some of them without Spark; one line of JSON."""

import json
import os
import sys
import tempfile
import time

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
import mlflow
import numpy
import pandas
from pyspark.sql import SparkSession
from pyspark.sql.functions import struct

folder, n_rows = sys.argv[1], int(sys.argv[2])
# Of 1,000 rows, whose scores the model directory's writer knows, as many copies as it takes.
rows = pandas.read_json(os.path.join(folder, "rows.json"), orient="records", dtype={"plan": object, "city": object}, convert_dates=False)
stored = numpy.array(json.load(open(os.path.join(folder, "scores.json"))))
table = pandas.concat([rows] * (n_rows // len(rows)), ignore_index=True)
table["row"] = numpy.arange(len(table))
work = tempfile.mkdtemp()
given, scored = os.path.join(work, "given.parquet"), os.path.join(work, "scored.parquet")
table.to_parquet(given, row_group_size=125_000)

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "2g")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.sql.files.maxPartitionBytes", "2m")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
udf = mlflow.pyfunc.spark_udf(spark, os.path.join(folder, "model"), env_manager="local", result_type="score double, label string")
frame = spark.read.parquet(given)
names = [name for name in frame.columns if name != "row"]
started = time.time()
frame.select("row", udf(struct(*names)).alias("answer")).select("row", "answer.score", "answer.label").write.parquet(scored)
seconds = time.time() - started
answers = spark.read.parquet(scored).toPandas().sort_values("row")
spark.stop()
expected = numpy.tile(stored, len(table) // len(rows))
print(
    json.dumps(
        {
            "rows": len(answers),
            "seconds": seconds,
            "worst": float(numpy.abs(answers["score"].to_numpy() - expected).max()),
            "labels": sorted(answers["label"].unique().tolist()),
        }
    )
)
