// The cells of the matrices of file formats: library, objective, data, and the difference that is allowed and why.

/** A model that a real library trains and this one reads. */
export interface ImportCell {
  readonly library: 'lightgbm' | 'xgboost' | 'catboost';
  /** The objective, with what is special about it. */
  readonly name: string;
  readonly task: string;
  readonly data: 'numeric' | 'categorical' | 'missing';
  readonly params: Readonly<Record<string, unknown>>;
  readonly format?: string;
  readonly stop?: boolean;
  readonly rounds?: number;
  readonly prediction?: string;
  /** Largest difference of raw scores: 0 but for CatBoost, which sums its leaves in another order. */
  readonly tolerance: number;
  /** Whether the library's outputs are float32 numbers. */
  readonly float32: boolean;
  /** Whether the library predicts labels, which are no outputs of ours. */
  readonly labels?: boolean;
}

const DATA = ['numeric', 'categorical', 'missing'] as const;

const LIGHTGBM: readonly (readonly [string, string, object?])[] = [
  ['binary', 'binary'],
  ['multiclass', 'multiclass', { num_class: 3 }],
  ['multiclassova', 'multiclass', { num_class: 3 }],
  ['regression', 'regression'],
  ['regression_l1', 'regression'],
  ['huber', 'regression'],
  ['fair', 'regression'],
  ['quantile', 'regression', { alpha: 0.3 }],
  ['mape', 'positive'],
  ['poisson', 'positive'],
  ['gamma', 'positive'],
  ['tweedie', 'positive'],
  ['cross_entropy', 'binary'],
  ['cross_entropy_lambda', 'binary'],
];
const LIGHTGBM_FORMS: readonly (readonly [string, string, object])[] = [
  ['binary, sigmoid 2', 'binary', { objective: 'binary', sigmoid: 2 }],
  ['binary, random forest', 'binary', { objective: 'binary', boosting: 'rf', bagging_fraction: 0.6, bagging_freq: 1 }],
  ['binary, DART', 'binary', { objective: 'binary', boosting: 'dart', drop_rate: 0.5 }],
  ['regression, square root', 'positive', { objective: 'regression', reg_sqrt: true }],
  ['regression, zero as missing', 'regression', { objective: 'regression', zero_as_missing: true }],
  ['regression, missing values off', 'regression', { objective: 'regression', use_missing: false }],
];
const XGBOOST: readonly (readonly [string, string, object?])[] = [
  ['binary:logistic', 'binary'],
  ['binary:logitraw', 'binary'],
  ['binary:hinge', 'binary'],
  ['multi:softprob', 'multiclass', { num_class: 3 }],
  ['multi:softmax', 'multiclass', { num_class: 3 }],
  ['reg:squarederror', 'regression'],
  ['reg:squaredlogerror', 'positive'],
  ['reg:logistic', 'binary'],
  ['reg:pseudohubererror', 'regression'],
  ['reg:absoluteerror', 'regression'],
  ['reg:quantileerror', 'regression', { quantile_alpha: 0.3 }],
  ['count:poisson', 'positive'],
  ['reg:gamma', 'positive'],
  ['reg:tweedie', 'positive'],
  ['survival:cox', 'positive'],
  ['survival:aft', 'positive'],
  ['rank:ndcg', 'binary'],
  ['rank:pairwise', 'binary'],
];
const XGBOOST_FORMS: readonly (readonly [string, string, object, Partial<ImportCell>?])[] = [
  ['DART binary:logistic', 'binary', { objective: 'binary:logistic', booster: 'dart', rate_drop: 0.4 }],
  ['DART multi:softprob', 'multiclass', { objective: 'multi:softprob', num_class: 3, booster: 'dart', rate_drop: 0.4 }],
  [
    'parallel trees',
    'multiclass',
    { objective: 'multi:softprob', num_class: 3, num_parallel_tree: 3, subsample: 0.6, colsample_bynode: 0.5 },
  ],
  ['early stopping', 'regression', { objective: 'reg:squarederror', eta: 1.5 }, { stop: true, rounds: 60 }],
  ['base_score given', 'binary', { objective: 'binary:logistic', base_score: 0.2 }],
];
const CATBOOST: readonly (readonly [string, string, object?, Partial<ImportCell>?])[] = [
  ['Logloss', 'binary', {}, { prediction: 'Probability' }],
  ['CrossEntropy', 'binary', {}, { prediction: 'Probability' }],
  ['MultiClass', 'multiclass', {}, { prediction: 'Probability' }],
  ['MultiClassOneVsAll', 'multiclass', {}, { prediction: 'Probability' }],
  ['RMSE', 'regression'],
  ['MAE', 'regression'],
  ['Quantile:alpha=0.3', 'regression'],
  ['Huber:delta=1', 'regression'],
  ['LogCosh', 'regression'],
  ['MAPE', 'positive'],
  ['Poisson', 'positive', {}, { prediction: 'Exponent' }],
  ['Tweedie:variance_power=1.5', 'positive', {}, { prediction: 'Exponent' }],
];
const CATBOOST_FORMS: readonly (readonly [string, object])[] = [
  ['Logloss, Lossguide', { grow_policy: 'Lossguide', max_leaves: 12 }],
  ['Logloss, Depthwise', { grow_policy: 'Depthwise' }],
  ['Logloss, missing values high', { nan_mode: 'Max' }],
  ['Logloss, one category a test', { one_hot_max_size: 20 }],
  ['Logloss, all statistics', { simple_ctr: ['Borders', 'Buckets', 'BinarizedTargetMeanValue', 'Counter'] }],
];

function cells(): ImportCell[] {
  const float64 = { tolerance: 0, float32: false };
  const float32 = { tolerance: 0, float32: true };
  const summed = { tolerance: 1e-12, float32: false };
  return DATA.flatMap((data): ImportCell[] => [
    ...LIGHTGBM.map(([name, task, params]): ImportCell => {
      return { library: 'lightgbm', name, task, data, params: { objective: name, ...params }, ...float64 };
    }),
    ...LIGHTGBM_FORMS.map(([name, task, params]): ImportCell => {
      return { library: 'lightgbm', name, task, data, params: { ...params }, ...float64 };
    }),
    ...XGBOOST.map(([name, task, params], i): ImportCell => {
      const labels = name === 'multi:softmax';
      const format = i % 2 === 0 ? 'json' : 'ubj';
      return {
        library: 'xgboost',
        name,
        task,
        data,
        params: { objective: name, ...params },
        format,
        labels,
        ...float32,
      };
    }),
    ...XGBOOST_FORMS.map(([name, task, params, more]): ImportCell => {
      return { library: 'xgboost', name, task, data, params: { ...params }, format: 'ubj', ...float32, ...more };
    }),
    ...CATBOOST.map(([name, task, params, more]): ImportCell => {
      const all = { loss_function: name, max_ctr_complexity: 1, ...params };
      return { library: 'catboost', name, task, data, params: all, ...summed, ...more };
    }),
    ...CATBOOST_FORMS.map(([name, params]): ImportCell => {
      const all = { loss_function: 'Logloss', max_ctr_complexity: 1, ...params };
      return { library: 'catboost', name, task: 'binary', data, params: all, prediction: 'Probability', ...summed };
    }),
  ]);
}

export const IMPORT_CELLS: readonly ImportCell[] = cells();
