// tabwright mlflow: runs that a server could not take when they ended.

import { Command } from 'commander';
import { TabwrightError } from '../core/tabwright-error.js';
import { DEFAULT_SPOOL } from '../mlflow/mlflow-tracker.js';
import { syncMlflow } from '../mlflow/sync-mlflow.js';
import type { Terminal } from './terminal.js';

interface SyncFlags {
  readonly uri?: string;
  readonly spool: string;
  readonly json?: boolean;
}

/** Builds the command with its subcommands. */
export function mlflowCommand(terminal: Terminal, signal: AbortSignal): Command {
  const mlflow = new Command('mlflow').description('Work with an MLflow server');
  mlflow
    .command('sync')
    .description('log the runs that are kept on disk because the server could not be reached')
    .option('--uri <url>', 'address of the server; MLFLOW_TRACKING_URI where absent')
    .option('--spool <folder>', 'folder of the runs that wait', DEFAULT_SPOOL)
    .option('--json', 'print the result as JSON')
    .action(async ({ uri, spool, json }: SyncFlags) => {
      const result = await syncMlflow({ uri, spool, signal });
      if (json === true) terminal.json(result);
      for (const { record, reason } of result.failed) terminal.say(`${record}: ${reason}`);
      for (const record of result.busy) terminal.say(`${record}: another process is logging it`);
      terminal.say(`Logged ${result.delivered.length} ${result.delivered.length === 1 ? 'run' : 'runs'}`);
      if (result.failed.length === 0) return;
      throw new TabwrightError(
        'SOURCE_FAILED',
        `mlflow: ${result.failed.length} runs could not be logged and stay in ${spool}`,
      );
    });
  return mlflow;
}
