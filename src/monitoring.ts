// `tabwright/monitoring`: watching served models, for servers that load nothing of training.
export { readReference } from './bundle/read-reference.js';
export type { DriftReport } from './drift/drift-report.js';
export { watchDrift } from './drift/watch-drift.js';
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
export type {
  CalibrationPoints,
  FeedbackCounts,
  MetricValues,
  PerformancePoint,
  PerformanceReport,
  SegmentPerformance,
} from './monitoring/performance/performance-report.js';
