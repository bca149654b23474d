// tabwright mlflow: sends what a server could not take when it was there to take.

import { Command } from 'commander';
import { TabwrightError } from '../core/tabwright-error.js';
import { DEFAULT_SPOOL } from '../mlflow/spool.js';
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
    .description('send the runs and models that are kept on disk because the server could not be reached')
    .option('--uri <url>', 'address of the server; MLFLOW_TRACKING_URI where absent')
    .option('--spool <folder>', 'folder of what waits', DEFAULT_SPOOL)
    .option('--json', 'print the result as JSON')
    .action(async ({ uri, spool, json }: SyncFlags) => {
      const result = await syncMlflow({ uri, spool, signal });
      if (json === true) terminal.json(result);
      for (const { item, reason } of result.failed) terminal.say(`${item}: ${reason}`);
      for (const item of result.busy) terminal.say(`${item}: another process is sending it`);
      for (const item of result.delivered) terminal.say(`Sent ${item}`);
      if (result.failed.length === 0) return;
      throw new TabwrightError(
        'SOURCE_FAILED',
        `mlflow: ${result.failed.length} could not be sent and stay in ${spool}`,
      );
    });
  return mlflow;
}
