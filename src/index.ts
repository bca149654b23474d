// The library's front door: everything a service or a script needs, by explicit name.

export { closeTrainingThreads } from './boosting/training-runtime.js';
export { exportOnnx, type OnnxExport } from './bundle/export-onnx.js';
export { importModel } from './bundle/import-model.js';
export { importOnnx } from './bundle/import-onnx.js';
export type { ImportOptions } from './bundle/imported-target.js';
export type { CustomReaders } from './bundle/read-bundle.js';
export { readReference } from './bundle/read-reference.js';
export type { Cell, Label, RowData } from './core/cell.js';
export type { DataLoader, LoadControl } from './core/data-loader.js';
export type { ErrorCode, ErrorCodeEntry } from './core/error-codes.js';
export { ERROR_CODES } from './core/error-codes.js';
export { explainOptions } from './core/explain-options.js';
export type { FeatureReference, Lineage } from './core/feature-lineage.js';
export type { FeatureColumn, FeatureMatrix, ModelFeature } from './core/feature-matrix.js';
export type {
  FeatureSchema,
  FeatureSpec,
  Field,
  FieldType,
  IgnoredColumn,
  RowOf,
  Target,
  Task,
} from './core/feature-spec.js';
export type { FileDigest } from './core/file-digest.js';
export { isTabwrightError } from './core/is-tabwright-error.js';
export type { Job, JobControl, JobError, JobHandler, JobQueue, JobRequest, JobState } from './core/job-queue.js';
export type { Json, JsonObject } from './core/json.js';
export type { ComposedPredictor, LivePredictor, PredictorRole } from './core/live-predictor.js';
export type { Logger, LogMethod } from './core/logger.js';
export { silentLogger } from './core/logger.js';
export type {
  MetricDescription,
  MetricLabels,
  MetricSample,
  Metrics,
  MetricsText,
  ObservedMetric,
} from './core/metrics.js';
export type {
  FitOptions,
  FittedModel,
  LearningCurve,
  Model,
  ModelFiles,
  ModelReader,
  TrainingData,
} from './core/model.js';
export { nearestName } from './core/nearest-name.js';
export type { OnlineEntry, OnlineStore } from './core/online-store.js';
export type { PredictionObserver } from './core/prediction-observer.js';
export type {
  Contribution,
  ExplainedPrediction,
  ExplainOptions,
  Explanation,
  Prediction,
  Predictor,
} from './core/predictor.js';
export type { Problem } from './core/problem.js';
export type { ProgressEvent, ProgressListener, ProgressPhase, RunControl } from './core/progress.js';
export type { Random } from './core/random.js';
export { createRandom } from './core/random.js';
export { REDACTED_PATHS, redactRow } from './core/redact.js';
export type { BundleFiles, ModelVersion, PromotionEvent, PutOptions, Registry } from './core/registry.js';
export type { ErrorDetails } from './core/tabwright-error.js';
export { TabwrightError } from './core/tabwright-error.js';
export type { MetricPoint, RunStart, TrackedDataset, TrackedRun, Tracker } from './core/tracker.js';
export type { FoldMetric, TargetRequest, Trainer, TrainRequest, TrainResult } from './core/trainer.js';
export type {
  FittedTable,
  FittedTransformer,
  RowSlots,
  RowStep,
  TargetKind,
  TargetVector,
  Transformer,
  TransformerJson,
  TransformerReader,
} from './core/transformer.js';
export { VERSION } from './core/version.js';
export { type DriftRequest, detectDrift } from './drift/detect-drift.js';
export type { DriftMeasure } from './drift/drift-measure.js';
export type { DriftOptions, DriftSettings } from './drift/drift-options.js';
export { driftOptions } from './drift/drift-options.js';
export type {
  ColumnDistribution,
  ColumnDrift,
  ColumnQuality,
  DomainClassifierDrift,
  DriftKind,
  DriftModel,
  DriftReport,
  MultivariateDrift,
  QualityChange,
  ReconstructionDrift,
} from './drift/drift-report.js';
export type { DriftSource } from './drift/drift-source.js';
export {
  type DomainClassifierRequest,
  domainClassifier,
  domainClassifierOptions,
} from './drift/multivariate/domain-classifier.js';
export {
  type ReconstructionRequest,
  reconstructionDrift,
  reconstructionOptions,
} from './drift/multivariate/reconstruction-drift.js';
export type {
  CategoricalReference,
  ColumnReference,
  DatetimeReference,
  DriftReference,
  NumericReference,
} from './drift/reference/drift-reference.js';
export { driftReference, type ReferenceOutcomes } from './drift/reference/make-drift-reference.js';
export {
  type DriftAlert,
  type DriftWatch,
  type WatchDriftInput,
  watchDrift,
  watchDriftOptions,
} from './drift/watch-drift.js';
export {
  type DriftWindow,
  type DriftWindowOptions,
  driftWindow,
  driftWindowOptions,
} from './drift/window/drift-window.js';
export type { Scored } from './drift/window/reference-counters.js';
export type {
  BooleanStatistics,
  CategoryVariants,
  ColumnProfile,
  ColumnType,
  DateStatistics,
  Distinct,
  Histogram,
  MixedTypes,
  NamedCount,
  NumericStatistics,
  Quantiles,
  SeriesStatistics,
  Share,
  SuspiciousDates,
  TargetGroup,
  TargetRelation,
  TextStatistics,
  TopValues,
  ValueCount,
} from './eda/column-profile-types.js';
export { compareProfiles } from './eda/compare-profiles.js';
export { comparisonPage } from './eda/page/comparison-page.js';
export { type DriftPageOptions, driftPage } from './eda/page/drift-page.js';
export { profilePage } from './eda/page/profile-page.js';
export { profile } from './eda/profile.js';
export { closeProfileThreads } from './eda/profile-crew.js';
export type { ProfileOptions } from './eda/profile-options.js';
export type {
  Alert,
  AlertKind,
  AssociationKind,
  AssociationMatrix,
  Associations,
  Cell as ProfileCell,
  ComparedColumn,
  ComparedProfile,
  DuplicateRows,
  FeaturesProposal,
  Interaction,
  MissingProfile,
  Overview,
  Profile,
  ProfileComparison,
  Reproduction,
  RowSample,
  TargetProfile,
} from './eda/profile-types.js';
export { evaluate } from './evaluation/evaluate.js';
export type { ScoredRows } from './evaluation/scored-rows.js';
export type { ValidationInput } from './evaluation/validation-options.js';
export { buildTrainingSet } from './features/build-training-set.js';
export type { ViewDefinition } from './features/define-view.js';
export { defineView } from './features/define-view.js';
export type { Labels } from './features/labelled-rows.js';
export type { FileOnlineStoreOptions } from './features/online/file-online-store.js';
export { fileOnlineStore } from './features/online/file-online-store.js';
export { memoryOnlineStore } from './features/online/memory-online-store.js';
export type { RedisClient, RedisOnlineStoreOptions } from './features/online/redis-online-store.js';
export { redisOnlineStore } from './features/online/redis-online-store.js';
export type { GivenMoments, Snapshot } from './features/store/asked-moments.js';
export type { BuildControl } from './features/store/build-version.js';
export type { FeatureDiff, FromTo, VersionDiff } from './features/store/diff-versions.js';
export type {
  FeatureStore,
  FeatureStoreOptions,
  NamedViews,
  StoredTrainingSet,
  VersionChoice,
  ViewTables,
} from './features/store/feature-store.js';
export { createFeatureStore } from './features/store/feature-store.js';
export type { FeatureVersion, VersionPart } from './features/store/feature-version.js';
export type { Materialised } from './features/store/materialise-version.js';
export type { SourceFingerprint } from './features/store/source-fingerprint.js';
export type {
  AttributeFeature,
  AttributeNames,
  AttributeSource,
  ColumnFeature,
  CountFeature,
  EventNames,
  EventSource,
  FeatureRow,
  FeatureView,
  LastFeature,
  ViewFeature,
  ViewFeatures,
  ViewFilter,
  ViewRow,
  ViewSource,
  ViewSources,
  ViewType,
} from './features/view-types.js';
export type { ModelFileFormat } from './formats/model-file-format.js';
export { MODEL_FILE_FORMATS } from './formats/model-file-format.js';
export type { ModelFileOptions } from './formats/parse-model-file.js';
export type { LinkName, ScoreLink } from './formats/score-link.js';
export type { TreeModel } from './formats/tree-model.js';
export type { XgboostReading } from './formats/xgboost-reader.js';
export type { BullConnection, BullJobQueueOptions } from './jobs/bull-job-queue.js';
export { bullJobQueue } from './jobs/bull-job-queue.js';
export type { FileJobQueueOptions } from './jobs/file-job-queue.js';
export { fileJobQueue } from './jobs/file-job-queue.js';
export type { BatchControl } from './loaders/csv/batch-options.js';
export type { CsvLoader } from './loaders/csv/csv.js';
export { csv } from './loaders/csv/csv.js';
export type { CsvFileOptions } from './loaders/csv/csv-file-options.js';
export type { CsvOptions } from './loaders/csv/csv-options.js';
export { parseCsv } from './loaders/csv/parse-csv.js';
export type { WriteCsvOptions } from './loaders/csv/write-csv.js';
export { formatCsv, writeCsv } from './loaders/csv/write-csv.js';
export type { FileLoader } from './loaders/file-loader.js';
export { fileLoader } from './loaders/file-loader.js';
export { json } from './loaders/json/json.js';
export type { JsonOptions, WriteJsonOptions } from './loaders/json/json-options.js';
export { ndjson } from './loaders/json/ndjson.js';
export type { JsonBatchControl, RecordLoader } from './loaders/json/record-loader.js';
export { formatJson, formatNdjson, writeJson, writeNdjson } from './loaders/json/write-json.js';
export type { FileSource } from './loaders/local-file.js';
export type { ParquetBatchControl, ParquetLoader, ParquetSource } from './loaders/parquet/parquet.js';
export { parquet } from './loaders/parquet/parquet.js';
export type { ParquetOptions } from './loaders/parquet/parquet-options.js';
export type { WriteParquetOptions } from './loaders/parquet/write-options.js';
export { formatParquet, writeParquet } from './loaders/parquet/write-parquet.js';
export type { ByteSource, FetchControl } from './loaders/remote/byte-source.js';
export type { HttpFileOptions } from './loaders/remote/http-file.js';
export { httpFile } from './loaders/remote/http-file.js';
export type { S3ObjectOptions } from './loaders/remote/s3-object.js';
export { s3Object } from './loaders/remote/s3-object.js';
export type { S3ClientLike } from './loaders/remote/s3-reader.js';
export type { DuckdbBatchControl, DuckdbLoader, DuckdbRequest } from './loaders/sql/duckdb.js';
export { duckdb } from './loaders/sql/duckdb.js';
export type { DuckdbChunk, DuckdbConnection, DuckdbResult, DuckdbValue } from './loaders/sql/duckdb-session.js';
export type {
  PostgresConnection,
  PostgresCursor,
  PostgresCursorClass,
  PostgresPool,
} from './loaders/sql/postgres.js';
export { postgres } from './loaders/sql/postgres.js';
export type { SqlBatchControl, SqlLoader, SqlRequest } from './loaders/sql/sql.js';
export { sql } from './loaders/sql/sql.js';
export type {
  SqlClient,
  SqlField,
  SqlQuery,
  SqlQueryClient,
  SqlRows,
  SqlStreamClient,
} from './loaders/sql/sql-client.js';
export { writeTable } from './loaders/write-table.js';
export { constant } from './models/constant.js';
export { createModel, modelKinds } from './models/create-model.js';
export type { FittedGradientBoosting } from './models/fitted-gradient-boosting.js';
export type { FittedLinearModel } from './models/fitted-linear-model.js';
export type { FittedOnnx } from './models/fitted-onnx.js';
export { onnxReader } from './models/fitted-onnx.js';
export type { FittedTreeEnsemble } from './models/fitted-tree-ensemble.js';
export type { GradientBoostingHooks, GradientBoostingOptions } from './models/gradient-boosting.js';
export { gradientBoosting } from './models/gradient-boosting.js';
export type { LinearOptions } from './models/linear.js';
export { linear } from './models/linear.js';
export type { LogisticOptions } from './models/logistic.js';
export { logistic } from './models/logistic.js';
export type { MlXgboostOptions } from './models/ml-xgboost.js';
export { mlXgboost } from './models/ml-xgboost.js';
export type { ModelKind } from './models/model-kind.js';
export { readModel } from './models/read-model.js';
export { readModelFile } from './models/read-model-file.js';
export type { OnnxFileOptions, OnnxModel } from './models/read-onnx-file.js';
export { readOnnxFile } from './models/read-onnx-file.js';
export { writeModelFile } from './models/write-model-file.js';
export { writeOnnxFile } from './models/write-onnx-file.js';
export type { FilePredictionLogOptions } from './monitoring/log/file-prediction-log.js';
export { filePredictionLog, filePredictionLogOptions } from './monitoring/log/file-prediction-log.js';
export type {
  PostgresPredictionLogOptions,
  PredictionLogClient,
} from './monitoring/log/postgres-prediction-log.js';
export { postgresPredictionLog, postgresPredictionLogOptions } from './monitoring/log/postgres-prediction-log.js';
export type {
  LogCounts,
  LoggedPrediction,
  LoggedTruth,
  LogRecord,
  PredictionLog,
} from './monitoring/log/prediction-log.js';
export { readPredictionLog } from './monitoring/log/read-prediction-log.js';
export type { Feedback, FeedbackOutcome, Monitor, MonitorInput } from './monitoring/monitor.js';
export { monitor } from './monitoring/monitor.js';
export { monitorOptions } from './monitoring/monitor-options.js';
export { performancePage } from './monitoring/performance/performance-page.js';
export type {
  CalibrationPoints,
  FeedbackCounts,
  MetricValues,
  PerformancePoint,
  PerformanceReport,
  SegmentPerformance,
} from './monitoring/performance/performance-report.js';
export type { CanaryPredictor, CanaryPredictorOptions } from './prediction/canary-predictor.js';
export { canaryPredictor } from './prediction/canary-predictor.js';
export type { ShadowComparison } from './prediction/comparison-tally.js';
export type { PredictorOptions } from './prediction/create-predictor.js';
export { createPredictor } from './prediction/create-predictor.js';
export type { FollowAliasOptions } from './prediction/follow-alias.js';
export { followAlias } from './prediction/follow-alias.js';
export type { RowKey } from './prediction/row-keys.js';
export type { ScoredFile, ScoreFileRequest } from './prediction/score-file.js';
export { scoreFile, scoreFileOptions } from './prediction/score-file.js';
export type { ShadowPredictor, ShadowPredictorOptions } from './prediction/shadow-predictor.js';
export { shadowPredictor } from './prediction/shadow-predictor.js';
export type { FeatureUser } from './registry/feature-users.js';
export { featureUsers, modelLineage } from './registry/feature-users.js';
export type { FileRegistryOptions } from './registry/file-registry.js';
export { fileRegistry } from './registry/file-registry.js';
export type { Bounded, CheckRule, ChecksDefinition, ColumnCheck, Severity } from './schema/checks/check-options.js';
export type { CheckFailure, CheckReport } from './schema/checks/check-report.js';
export type { CheckControl, Checks, DroppedRows, KeptRows } from './schema/checks/checks.js';
export { checks } from './schema/checks/checks.js';
export type { FeaturesDefinition, TargetDefinition } from './schema/define-features.js';
export { defineFeatures } from './schema/define-features.js';
export { featuresSource } from './schema/features-source.js';
export type { InferOptions } from './schema/infer-features.js';
export { inferFeatures } from './schema/infer-features.js';
export type { MlflowSignature } from './schema/mlflow-signature.js';
export { mlflowSignature } from './schema/mlflow-signature.js';
export { rowJsonSchema } from './schema/row-json-schema.js';
export type { RowInput, RowSchema } from './schema/row-schema.js';
export type { ApiKey } from './serving/auth/api-keys.js';
export { apiKeys } from './serving/auth/api-keys.js';
export type { Authenticator, Caller, Scope } from './serving/auth/authenticator.js';
export type { JwtClaims, JwtOptions } from './serving/auth/jwt.js';
export { jwt } from './serving/auth/jwt.js';
export { parseApiKeys } from './serving/auth/parse-api-keys.js';
export { jobHandlers } from './serving/jobs/job-handlers.js';
export type { ProfileSources, TrainRecipe, WorkOptions } from './serving/jobs/work-options.js';
export type { RequestHeaders } from './serving/route.js';
export type { VerifyWebhook, WebhookEvent } from './serving/routes/mlflow-webhook.js';
export { BooleanColumn } from './table/boolean-column.js';
export type { Column } from './table/column.js';
export { DateColumn } from './table/date-column.js';
export { DictionaryColumn } from './table/dictionary-column.js';
export { makeTable } from './table/make-table.js';
export type { TrainerOptions } from './training/create-trainer.js';
export { createTrainer } from './training/create-trainer.js';
export type { EvaluateRequest, Evaluation } from './training/evaluate-model.js';
export { evaluateModel } from './training/evaluate-model.js';
export type { BinOptions } from './transforms/bin.js';
export { bin } from './transforms/bin.js';
export type { ClipOptions } from './transforms/clip.js';
export { clip } from './transforms/clip.js';
export type { CyclicalOptions } from './transforms/cyclical.js';
export { cyclical } from './transforms/cyclical.js';
export type { DatePartsOptions } from './transforms/date-parts.js';
export { dateParts } from './transforms/date-parts.js';
export { defaultPipeline } from './transforms/default-pipeline.js';
export { dropColumns } from './transforms/drop-columns.js';
export { fitTransform } from './transforms/fit-transform.js';
export type { FrequencyEncodeOptions } from './transforms/frequency-encode.js';
export { frequencyEncode } from './transforms/frequency-encode.js';
export type { HashTokensOptions } from './transforms/hash-tokens.js';
export { hashTokens } from './transforms/hash-tokens.js';
export type { HashingEncodeOptions } from './transforms/hashing-encode.js';
export { hashingEncode } from './transforms/hashing-encode.js';
export type { ImputeOptions } from './transforms/impute.js';
export { impute } from './transforms/impute.js';
export type { InteractionsOptions } from './transforms/interactions.js';
export { interactions } from './transforms/interactions.js';
export { keepColumns } from './transforms/keep-columns.js';
export type { LogTransformOptions } from './transforms/log-transform.js';
export { logTransform } from './transforms/log-transform.js';
export type { MinMaxScaleOptions } from './transforms/min-max-scale.js';
export { minMaxScale } from './transforms/min-max-scale.js';
export type { MissingIndicatorOptions } from './transforms/missing-indicator.js';
export { missingIndicator } from './transforms/missing-indicator.js';
export type { OneHotOptions } from './transforms/one-hot.js';
export { oneHot } from './transforms/one-hot.js';
export type { OrdinalOptions } from './transforms/ordinal.js';
export { ordinal } from './transforms/ordinal.js';
export { pipeline } from './transforms/pipeline.js';
export type { PowerTransformOptions } from './transforms/power-transform.js';
export { powerTransform } from './transforms/power-transform.js';
export type { QuantileTransformOptions } from './transforms/quantile-transform.js';
export { quantileTransform } from './transforms/quantile-transform.js';
export type { RareCategoriesOptions } from './transforms/rare-categories.js';
export { rareCategories } from './transforms/rare-categories.js';
export type { RatioOptions } from './transforms/ratio.js';
export { ratio } from './transforms/ratio.js';
export type { RecencyOptions } from './transforms/recency.js';
export { recency } from './transforms/recency.js';
export type { RobustScaleOptions } from './transforms/robust-scale.js';
export { robustScale } from './transforms/robust-scale.js';
export type { StandardScaleOptions } from './transforms/standard-scale.js';
export { standardScale } from './transforms/standard-scale.js';
export type { TargetEncodeOptions } from './transforms/target-encode.js';
export { targetEncode } from './transforms/target-encode.js';
export type { TextLengthOptions } from './transforms/text-length.js';
export { textLength } from './transforms/text-length.js';
export type { WinsoriseOptions } from './transforms/winsorise.js';
export { winsorise } from './transforms/winsorise.js';
