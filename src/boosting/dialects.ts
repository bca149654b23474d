// The parameter dialects: LightGBM's, XGBoost's and CatBoost's spellings and defaults over the one table of parameters.
import { nearestName } from '../core/nearest-name.js';
import type { OptionSpecs, OptionsTable } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { type BoosterParameters, boosterOptions } from './booster-options.js';

export const DIALECTS = ['lightgbm', 'xgboost', 'catboost'] as const;
export type Dialect = (typeof DIALECTS)[number];

type Parameter = keyof BoosterParameters;

/** How a dialect differs from the table of parameters. */
interface DialectEntry {
  readonly library: string;
  readonly spellings: Partial<Record<Parameter, readonly string[]>>;
  readonly defaults: Partial<Record<Parameter, number | string | boolean>>;
  /** The library's words for values of choices. */
  readonly values: Partial<Record<Parameter, Readonly<Record<string, string>>>>;
  /** Parameters of the library of which only these values are implemented. */
  readonly fixed: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

const METRICS = {
  binary_logloss: 'logloss',
  multi_logloss: 'multiLogloss',
  multi_error: 'multiError',
  binary_error: 'error',
  mae: 'l1',
  mse: 'l2',
};

/** Every dialect; a spelling that is the parameter's own name in snake case is added to all. */
export const DIALECT_TABLE: Readonly<Record<Dialect, DialectEntry>> = {
  lightgbm: {
    library: 'LightGBM',
    spellings: {
      numIterations: ['n_estimators', 'num_trees', 'num_boost_round', 'n_iter'],
      learningRate: ['shrinkage_rate', 'eta'],
      numLeaves: ['max_leaves', 'num_leaf', 'max_leaf_nodes'],
      minDataInLeaf: ['min_child_samples', 'min_data_per_leaf', 'min_data', 'min_samples_leaf'],
      minSumHessianInLeaf: ['min_child_weight', 'min_sum_hessian', 'min_hessian'],
      lambdaL1: ['lambda_l1', 'reg_alpha', 'l1_regularization'],
      lambdaL2: ['lambda_l2', 'reg_lambda', 'lambda', 'l2_regularization'],
      minGainToSplit: ['min_split_gain'],
      baggingFraction: ['subsample', 'sub_row', 'bagging'],
      baggingFreq: ['subsample_freq'],
      featureFraction: ['colsample_bytree', 'sub_feature'],
      featureFractionByNode: ['feature_fraction_bynode', 'colsample_bynode', 'sub_feature_bynode'],
      featureFractionByLevel: [],
      extraTrees: ['extra_tree'],
      sampling: ['data_sample_strategy'],
      catL2: ['cat_l2'],
      scalePosWeight: ['scale_pos_weight'],
      balanced: ['is_unbalance', 'unbalance'],
      earlyStoppingRounds: ['early_stopping_round', 'n_iter_no_change'],
      binSampleRows: ['bin_construct_sample_cnt', 'subsample_for_bin'],
      objectiveAlpha: ['alpha'],
      numThreads: ['n_jobs', 'nthread', 'nthreads', 'num_thread'],
    },
    defaults: {},
    values: {
      objective: {
        regression_l1: 'regressionL1',
        regression_l2: 'regression',
        l2: 'regression',
        l1: 'regressionL1',
        mae: 'regressionL1',
        softmax: 'multiclass',
      },
      metric: METRICS,
    },
    fixed: { boosting: ['gbdt'], boosting_type: ['gbdt'], tree_learner: ['serial'], use_missing: [true] },
  },
  xgboost: {
    library: 'XGBoost',
    spellings: {
      numIterations: ['n_estimators', 'num_boost_round', 'nrounds'],
      learningRate: ['eta'],
      numLeaves: ['max_leaves'],
      minSumHessianInLeaf: ['min_child_weight'],
      lambdaL1: ['alpha', 'reg_alpha'],
      lambdaL2: ['lambda', 'reg_lambda'],
      minGainToSplit: ['gamma', 'min_split_loss'],
      baggingFraction: ['subsample'],
      featureFraction: ['colsample_bytree'],
      featureFractionByLevel: ['colsample_bylevel'],
      featureFractionByNode: ['colsample_bynode'],
      objectiveAlpha: ['quantile_alpha', 'huber_slope'],
      sampling: ['sampling_method'],
      metric: ['eval_metric'],
      numThreads: ['nthread', 'n_jobs'],
    },
    defaults: {
      learningRate: 0.3,
      growPolicy: 'depthwise',
      numLeaves: 0,
      maxDepth: 6,
      minDataInLeaf: 1,
      minSumHessianInLeaf: 1,
      lambdaL2: 1,
      baggingFreq: 1,
    },
    values: {
      objective: {
        'binary:logistic': 'binary',
        'multi:softprob': 'multiclass',
        'reg:squarederror': 'regression',
        'reg:absoluteerror': 'regressionL1',
        'reg:quantileerror': 'quantile',
        'count:poisson': 'poisson',
      },
      growPolicy: { lossguide: 'leafwise' },
      sampling: { uniform: 'bagging' },
      metric: { mlogloss: 'multiLogloss', merror: 'multiError', 'poisson-nloglik': 'poisson', ...METRICS },
    },
    fixed: { booster: ['gbtree'], tree_method: ['hist', 'auto'], device: ['cpu'], num_parallel_tree: [1] },
  },
  catboost: {
    library: 'CatBoost',
    spellings: {
      numIterations: ['iterations', 'n_estimators', 'num_trees', 'num_boost_round'],
      learningRate: ['eta'],
      maxDepth: ['depth'],
      numLeaves: ['max_leaves'],
      minDataInLeaf: ['min_child_samples'],
      lambdaL2: ['l2_leaf_reg', 'reg_lambda'],
      baggingFraction: ['subsample'],
      featureFractionByNode: ['rsm', 'colsample_bylevel'],
      objective: ['loss_function'],
      metric: ['eval_metric'],
      earlyStoppingRounds: ['od_wait'],
      numThreads: ['thread_count'],
    },
    defaults: {
      numIterations: 1000,
      learningRate: 0.03,
      growPolicy: 'symmetric',
      numLeaves: 0,
      maxDepth: 6,
      minDataInLeaf: 1,
      minSumHessianInLeaf: 0,
      lambdaL2: 3,
      baggingFreq: 1,
      categoricalEncoding: 'ordered',
    },
    values: {
      objective: {
        Logloss: 'binary',
        MultiClass: 'multiclass',
        RMSE: 'regression',
        MAE: 'regressionL1',
        Poisson: 'poisson',
      },
      growPolicy: { SymmetricTree: 'symmetric', Depthwise: 'depthwise', Lossguide: 'leafwise' },
      metric: { Logloss: 'logloss', AUC: 'auc', MultiClass: 'multiLogloss', RMSE: 'rmse', MAE: 'l1', ...METRICS },
    },
    fixed: {
      boosting_type: ['Plain'],
      leaf_estimation_method: ['Newton'],
      leaf_estimation_iterations: [1],
      score_function: ['L2'],
      bootstrap_type: ['Bernoulli', 'No'],
      random_strength: [0],
      nan_mode: ['Min'],
      task_type: ['CPU'],
    },
  },
};

/** Parameters of the libraries that are known and not implemented, so that their refusal can say so. */
const NOT_IMPLEMENTED: Readonly<Record<Dialect, readonly string[]>> = {
  lightgbm:
    'drop_rate max_drop skip_drop uniform_drop linear_tree linear_lambda forcedsplits_filename monotone_constraints_method monotone_penalty cegb_tradeoff cegb_penalty_split pos_bagging_fraction neg_bagging_fraction bagging_by_query refit_decay_rate zero_as_missing feature_contri max_bin_by_feature enable_bundle tweedie_variance_power fair_c lambdarank_truncation_level use_quantized_grad'.split(
      ' ',
    ),
  xgboost:
    'rate_drop one_drop skip_drop sample_type normalize_type feature_selector top_k updater refresh_leaf process_type multi_strategy tweedie_variance_power base_score'.split(
      ' ',
    ),
  catboost:
    'bagging_temperature model_size_reg sampling_frequency sampling_unit mvs_reg leaf_estimation_backtracking fold_len_multiplier approx_on_full_history simple_ctr combinations_ctr per_feature_ctr ctr_target_border_count max_ctr_complexity text_features embedding_features langevin diffusion_temperature posterior_sampling model_shrink_rate feature_weights penalties_coefficient auto_class_weights'.split(
      ' ',
    ),
};

/** The table of parameters in a dialect: its defaults, and its spellings as aliases. */
export function dialectOptions(dialect: Dialect): OptionsTable {
  const { defaults, spellings } = DIALECT_TABLE[dialect];
  const specs = Object.entries(boosterOptions.specs).map(([name, spec]) => {
    const parameter = name as Parameter;
    const own = [snakeCase(name), ...(spellings[parameter] ?? [])].filter((spelling) => spelling !== name);
    const value = parameter in defaults ? defaults[parameter] : spec.default;
    return [name, { ...spec, default: value, aliases: [...new Set(own)] }];
  });
  return optionsTable(dialect, Object.fromEntries(specs) as OptionSpecs);
}

/**
 * Parameters given in a dialect's words, complete.
 * @throws OPTION_UNKNOWN for a name that neither the table nor the dialect has, with the nearest spelling
 * @throws OPTION_INVALID for a value out of range, and for a parameter of the library that is not implemented
 */
export function resolveDialect(dialect: Dialect, input: Readonly<Record<string, unknown>>): BoosterParameters {
  const { library, fixed } = DIALECT_TABLE[dialect];
  const table = dialectOptions(dialect);
  const known = new Set(Object.entries(table.specs).flatMap(([name, spec]) => [name, ...(spec.aliases ?? [])]));
  const given = Object.entries(input).filter(([name, value]) => {
    if (known.has(name)) return true;
    if (fixed[name]?.includes(value as string) === true) return false;
    if (fixed[name] !== undefined) throw refused(dialect, name, `is implemented only as ${fixed[name].join(' or ')}`);
    if (NOT_IMPLEMENTED[dialect].includes(name)) throw refused(dialect, name, `of ${library} is not implemented`);
    const nearest = nearestName(name, [...known, ...Object.keys(fixed)]);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new TabwrightError('OPTION_UNKNOWN', `${dialect}: there is no option ${name}${hint}`);
  });
  return resolveOptions(table, translated(dialect, table, given)) as unknown as BoosterParameters;
}

/** Values in the table's words. */
function translated(
  dialect: Dialect,
  table: OptionsTable,
  given: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const { values } = DIALECT_TABLE[dialect];
  const words = new Map(
    Object.entries(values).flatMap(([name, map]) =>
      [name, ...(table.specs[name]?.aliases ?? [])].map((spelling) => [spelling, map] as const),
    ),
  );
  const ordinary = (name: string, value: unknown): unknown => {
    const map = words.get(name);
    return typeof value === 'string' && map !== undefined && Object.hasOwn(map, value) ? map[value] : value;
  };
  return Object.fromEntries(given.map(([name, value]) => [name, ordinary(name, value)]));
}

function refused(dialect: Dialect, name: string, rule: string): TabwrightError {
  return new TabwrightError('OPTION_INVALID', `${dialect}: ${name} ${rule}`);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
