// docs/options.md from the options tables; `npx vitest run --project unit test/docs -u` writes it.
import { expect, it } from 'vitest';
import { explainOptions } from '../../src/core/explain-options.js';
import type { Bounds, OptionSpec, OptionsTable } from '../../src/core/options-table.js';
import { driftOptions } from '../../src/drift/drift-options.js';
import { domainClassifierOptions } from '../../src/drift/multivariate/domain-classifier.js';
import { reconstructionOptions } from '../../src/drift/multivariate/reconstruction-drift.js';
import { watchDriftOptions } from '../../src/drift/watch-drift.js';
import { driftWindowOptions } from '../../src/drift/window/drift-window.js';
import { alertOptions, profileOptions } from '../../src/eda/profile-options.js';
import { validationOptions } from '../../src/evaluation/validation-options.js';
import { viewFeatureOptions } from '../../src/features/define-view.js';
import { fileOnlineStoreOptions } from '../../src/features/online/file-online-store.js';
import { redisOnlineStoreOptions } from '../../src/features/online/redis-online-store.js';
import { featureStoreOptions } from '../../src/features/store/feature-store.js';
import { bullJobQueueOptions } from '../../src/jobs/bull-queue-options.js';
import { fileJobQueueOptions } from '../../src/jobs/file-job-queue.js';
import { batchOptions } from '../../src/loaders/csv/batch-options.js';
import { csvFileOptions } from '../../src/loaders/csv/csv-file-options.js';
import { writeCsvOptions } from '../../src/loaders/csv/write-csv.js';
import { jsonBatchOptions, jsonOptions, writeJsonOptions } from '../../src/loaders/json/json-options.js';
import { parquetBatchOptions } from '../../src/loaders/parquet/parquet.js';
import { parquetOptions } from '../../src/loaders/parquet/parquet-options.js';
import { writeParquetOptions } from '../../src/loaders/parquet/write-options.js';
import { httpFileOptions } from '../../src/loaders/remote/http-file.js';
import { s3ObjectOptions } from '../../src/loaders/remote/s3-object.js';
import { duckdbBatchOptions, duckdbOptions } from '../../src/loaders/sql/duckdb.js';
import { sqlBatchOptions } from '../../src/loaders/sql/sql.js';
import { mlflowOptions } from '../../src/mlflow/connection-options.js';
import { mlflowWebhookOptions } from '../../src/mlflow/verify-mlflow-webhook.js';
import { modelKinds } from '../../src/models/create-model.js';
import { filePredictionLogOptions } from '../../src/monitoring/log/file-prediction-log.js';
import { postgresPredictionLogOptions } from '../../src/monitoring/log/postgres-prediction-log.js';
import { monitorOptions } from '../../src/monitoring/monitor-options.js';
import { canaryOptions } from '../../src/prediction/canary-predictor.js';
import { scoreFileOptions } from '../../src/prediction/score-file.js';
import { shadowOptions } from '../../src/prediction/shadow-predictor.js';
import { watchAliasOptions } from '../../src/prediction/watch-alias.js';
import { prometheusOptions } from '../../src/prometheus/prometheus-metrics.js';
import { fileRegistryOptions } from '../../src/registry/file-registry.js';
import { columnCheckOptions } from '../../src/schema/checks/check-options.js';
import { batchQueryOptions } from '../../src/serving/routes/predict-batch.js';
import { servingOptions } from '../../src/serving/serving-options.js';
import { binOptions } from '../../src/transforms/bin.js';
import { clipOptions } from '../../src/transforms/clip.js';
import { cyclicalOptions } from '../../src/transforms/cyclical.js';
import { datePartsOptions } from '../../src/transforms/date-parts.js';
import { frequencyEncodeOptions } from '../../src/transforms/frequency-encode.js';
import { hashTokensOptions } from '../../src/transforms/hash-tokens.js';
import { hashingEncodeOptions } from '../../src/transforms/hashing-encode.js';
import { imputeOptions } from '../../src/transforms/impute.js';
import { interactionsOptions } from '../../src/transforms/interactions.js';
import { logTransformOptions } from '../../src/transforms/log-transform.js';
import { minMaxScaleOptions } from '../../src/transforms/min-max-scale.js';
import { missingIndicatorOptions } from '../../src/transforms/missing-indicator.js';
import { oneHotOptions } from '../../src/transforms/one-hot.js';
import { ordinalOptions } from '../../src/transforms/ordinal.js';
import { powerTransformOptions } from '../../src/transforms/power-transform.js';
import { quantileTransformOptions } from '../../src/transforms/quantile-transform.js';
import { rareCategoriesOptions } from '../../src/transforms/rare-categories.js';
import { ratioOptions } from '../../src/transforms/ratio.js';
import { recencyOptions } from '../../src/transforms/recency.js';
import { robustScaleOptions } from '../../src/transforms/robust-scale.js';
import { standardScaleOptions } from '../../src/transforms/standard-scale.js';
import { targetEncodeOptions } from '../../src/transforms/target-encode.js';
import { textLengthOptions } from '../../src/transforms/text-length.js';
import { winsoriseOptions } from '../../src/transforms/winsorise.js';

const SECTIONS: readonly (readonly [string, readonly OptionsTable[]])[] = [
  [
    'Loaders',
    [
      csvFileOptions,
      batchOptions,
      writeCsvOptions,
      parquetOptions,
      parquetBatchOptions,
      writeParquetOptions,
      jsonOptions,
      jsonBatchOptions,
      writeJsonOptions,
      httpFileOptions,
      s3ObjectOptions,
      sqlBatchOptions,
      duckdbOptions,
      duckdbBatchOptions,
    ],
  ],
  ['Checks', [columnCheckOptions]],
  ['Profiles', [profileOptions, alertOptions]],
  ['Feature views', [viewFeatureOptions]],
  ['Feature store', [featureStoreOptions, fileOnlineStoreOptions, redisOnlineStoreOptions]],
  [
    'Transforms',
    [
      imputeOptions,
      standardScaleOptions,
      minMaxScaleOptions,
      robustScaleOptions,
      quantileTransformOptions,
      powerTransformOptions,
      logTransformOptions,
      clipOptions,
      winsoriseOptions,
      binOptions,
      oneHotOptions,
      ordinalOptions,
      frequencyEncodeOptions,
      targetEncodeOptions,
      hashingEncodeOptions,
      rareCategoriesOptions,
      textLengthOptions,
      hashTokensOptions,
      datePartsOptions,
      cyclicalOptions,
      recencyOptions,
      ratioOptions,
      interactionsOptions,
      missingIndicatorOptions,
    ],
  ],
  ['Models', modelKinds.map(({ options }) => options)],
  ['Training', [validationOptions]],
  ['Registry', [fileRegistryOptions]],
  ['MLflow', [mlflowOptions, mlflowWebhookOptions]],
  [
    'Predictors',
    [explainOptions, scoreFileOptions, batchQueryOptions, watchAliasOptions, shadowOptions, canaryOptions],
  ],
  ['Serving', [servingOptions]],
  ['Jobs', [fileJobQueueOptions, bullJobQueueOptions]],
  ['Metrics', [prometheusOptions]],
  ['Monitoring', [monitorOptions, filePredictionLogOptions, postgresPredictionLogOptions]],
  ['Drift', [driftOptions, driftWindowOptions, domainClassifierOptions, reconstructionOptions, watchDriftOptions]],
];

it('docs/options.md lists every option of every table', async () => {
  const page = [
    '# Options',
    '',
    'Made from the tables in the code, from which types, checks and command-line flags come too.',
    '',
    ...SECTIONS.flatMap(section),
  ];
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../../docs/options.md');
});

function section([title, tables]: (typeof SECTIONS)[number]): string[] {
  return [`## ${title}`, '', ...tables.flatMap(tableLines)];
}

function tableLines({ name, specs }: OptionsTable): string[] {
  const rows = Object.entries(specs).map(([option, spec]) => {
    const aliases =
      spec.aliases === undefined ? '' : ` (also ${spec.aliases.map((alias) => `\`${alias}\``).join(', ')})`;
    return `| \`${option}\`${aliases} | ${typeInWords(spec)} | ${spec.default === undefined ? '' : `\`${JSON.stringify(spec.default)}\``} | ${spec.doc.replaceAll('|', '\\|')} |`;
  });
  if (rows.length === 0) return [`### ${name}`, '', 'No options.', ''];
  return [`### ${name}`, '', '| option | type | default | |', '|---|---|---|---|', ...rows, ''];
}

function typeInWords(spec: OptionSpec): string {
  if (spec.type === 'choice') return spec.choices.map((choice) => `\`${choice}\``).join(', ');
  if (spec.type === 'numbers') return `numbers by name${range(spec)}`;
  return spec.type === 'number' || spec.type === 'integer' ? `${spec.type}${range(spec)}` : spec.type;
}

function range({ min, max, exclusiveMin, exclusiveMax }: Bounds): string {
  const low = min === undefined ? (exclusiveMin === undefined ? '' : `> ${exclusiveMin}`) : `>= ${min}`;
  const high = max === undefined ? (exclusiveMax === undefined ? '' : `< ${exclusiveMax}`) : `<= ${max}`;
  const both = [low, high].filter((bound) => bound !== '').join(' and ');
  return both === '' ? '' : ` ${both}`;
}
