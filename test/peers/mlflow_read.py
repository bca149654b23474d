# What MLflow's own Python client finds in a tracking store: experiment, runs, logged models, versions; one line of JSON.
import json
import sys

import mlflow
from mlflow import MlflowClient

uri, experiment, model = sys.argv[1:4]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
found = client.get_experiment_by_name(experiment)


def dataset(entry):
    return {
        "name": entry.dataset.name,
        "digest": entry.dataset.digest,
        "context": [tag.value for tag in entry.tags],
        "schema": json.loads(entry.dataset.schema),
        "profile": json.loads(entry.dataset.profile),
    }


def run(each):
    folder = mlflow.artifacts.list_artifacts(run_id=each.info.run_id)
    plots = mlflow.artifacts.list_artifacts(run_id=each.info.run_id, artifact_path="plots")
    return {
        "id": each.info.run_id,
        "name": each.info.run_name,
        "status": each.info.status,
        "params": each.data.params,
        "metrics": each.data.metrics,
        "tags": each.data.tags,
        "history": {
            key: [[point.step, point.value] for point in client.get_metric_history(each.info.run_id, key)]
            for key in each.data.metrics
        },
        "artifacts": sorted(entry.path for entry in [*folder, *plots]),
        "datasets": [dataset(entry) for entry in each.inputs.dataset_inputs],
        "models": [output.model_id for output in each.outputs.model_outputs] if each.outputs else [],
    }


def logged(each):
    signature = mlflow.models.get_model_info(f"models:/{each.model_id}").signature
    example = mlflow.pyfunc.load_model(f"models:/{each.model_id}").input_example
    return {
        "id": each.model_id,
        "name": each.name,
        "status": str(each.status),
        "run": each.source_run_id,
        "params": each.params,
        "metrics": [[point.key, point.value, point.dataset_name, point.dataset_digest] for point in each.metrics or []],
        "inputs": [column.name for column in signature.inputs] if signature else [],
        "outputs": [column.name for column in signature.outputs] if signature else [],
        "example": [] if example is None else list(example.columns),
    }


def version(each):
    each = client.get_model_version(each.name, each.version)
    return {
        "version": int(each.version),
        "source": each.source,
        "run": each.run_id,
        "aliases": sorted(each.aliases),
        "tags": each.tags,
    }


runs = client.search_runs([found.experiment_id], order_by=["attributes.start_time ASC"])
models = client.search_logged_models([found.experiment_id])
versions = client.search_model_versions(f"name = '{model}'")
print(
    json.dumps(
        {
            "runs": [run(each) for each in runs],
            "logged": [logged(each) for each in models],
            "versions": sorted((version(each) for each in versions), key=lambda each: each["version"]),
        }
    )
)
