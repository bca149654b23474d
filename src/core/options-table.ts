// One table per options type: the TypeScript type, the checks, the CLI flags, the HTTP schema and the docs page derive from it.

interface Described<T> {
  /** One sentence for docs, `--help` and JSON Schema; starts with a capital, ends with a full stop. */
  readonly doc: string;
  /** Used where the caller gives nothing; undefined means "decided by the data" and the doc says how. */
  readonly default: T | undefined;
  /** Other accepted spellings, such as another library's. */
  readonly aliases?: readonly string[];
}

/** Bounds of a number; the exclusive ones leave the bound itself out. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
}

export interface NumberSpec extends Described<number>, Bounds {
  readonly type: 'number' | 'integer';
}
export interface BooleanSpec extends Described<boolean> {
  readonly type: 'boolean';
}
export interface StringSpec extends Described<string> {
  readonly type: 'string';
}
export interface ChoiceSpec<C extends string = string> extends Described<C> {
  readonly type: 'choice';
  readonly choices: readonly C[];
}
/** A list of strings; on the command line, separated by commas. */
export interface ListSpec extends Described<readonly string[]> {
  readonly type: 'list';
}
/** Numbers by name, such as class weights; on the command line, `a=1,b=2`. */
export interface NumbersSpec extends Described<Readonly<Record<string, number>>>, Bounds {
  readonly type: 'numbers';
}

/** The description of one option. */
export type OptionSpec = NumberSpec | BooleanSpec | StringSpec | ChoiceSpec | ListSpec | NumbersSpec;

/** Option specifications by camelCase name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A named table of options. */
export interface OptionsTable<S extends OptionSpecs = OptionSpecs> {
  /** What the options belong to, the first word of every message: "logistic". */
  readonly name: string;
  readonly specs: S;
}

type ValueOf<Spec extends OptionSpec> = Spec extends { type: 'choice'; choices: readonly (infer C)[] }
  ? C
  : Spec extends { type: 'number' | 'integer' }
    ? number
    : Spec extends { type: 'boolean' }
      ? boolean
      : Spec extends { type: 'string' }
        ? string
        : Spec extends { type: 'list' }
          ? readonly string[]
          : Readonly<Record<string, number>>;

/** What a caller may pass: every option optional. */
export type OptionsInput<T> =
  T extends OptionsTable<infer S> ? { readonly [K in keyof S]?: ValueOf<S[K]> | undefined } : never;

/** What the library works with: every option present; undefined only where the default is. */
export type OptionsOf<T> =
  T extends OptionsTable<infer S>
    ? { readonly [K in keyof S]: S[K]['default'] extends undefined ? ValueOf<S[K]> | undefined : ValueOf<S[K]> }
    : never;

/** Declares a table, keeping the literal types of its choices and defaults. */
export function optionsTable<const S extends OptionSpecs>(name: string, specs: S): OptionsTable<S> {
  return Object.freeze({ name, specs });
}
