// What a command writes: data on stdout, words on stderr, colour and progress only on a terminal.
import type { ProgressEvent, ProgressListener } from '../core/progress.js';

/** The two streams of a command. */
export interface Terminal {
  /** Data, for other programs. */
  out(text: string): void;
  /** One value as JSON on a line. */
  json(value: unknown): void;
  /** Words, for people. */
  say(text: string): void;
  /** Shows progress on a terminal; does nothing elsewhere. */
  readonly progress: ProgressListener;
}

const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[K';
const PHASE_WORDS: Readonly<Record<ProgressEvent['phase'], string>> = {
  fetch: 'Fetching data',
  load: 'Reading data',
  profile: 'Profiling',
  validate: 'Checking rows',
  fold: 'Validating',
  fit: 'Fitting',
  evaluate: 'Evaluating',
  register: 'Registering',
  score: 'Scoring',
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const live = process.stderr.isTTY === true;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    json: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
    say: (text) => process.stderr.write(`${live ? CLEAR_LINE : ''}${text}\n`),
    progress(event) {
      if (live) process.stderr.write(`${CLEAR_LINE}${progressLine(event)}`);
      if (live && event.phase === 'register') process.stderr.write(CLEAR_LINE);
    },
  };
}

function progressLine({ phase, completed, total, message }: ProgressEvent): string {
  const done = total > 0 ? Math.min(1, completed / total) : 0;
  const filled = Math.round(done * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const count = total > 1 && total < 1000 ? `${completed}/${total}` : `${Math.round(100 * done)}%`;
  return `${PHASE_WORDS[phase].padEnd(14)} ${bar} ${count}${message === undefined ? '' : `  ${message}`}`;
}
