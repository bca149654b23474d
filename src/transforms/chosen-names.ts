import { TabwrightError } from '../core/tabwright-error.js';

/** The entries of a list option that has a fixed choice. @throws OPTION_INVALID for others, for repeats and for none */
export function chosenNames<C extends string>(
  step: string,
  option: string,
  given: readonly string[],
  choices: readonly C[],
): readonly C[] {
  const chosen = given.filter((name): name is C => choices.some((choice) => choice === name));
  if (chosen.length > 0 && chosen.length === given.length && new Set(chosen).size === chosen.length) return chosen;
  throw new TabwrightError('OPTION_INVALID', `${step}: ${option} must be different names among ${choices.join(', ')}`);
}
