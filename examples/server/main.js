// Starts the server with the settings of its environment, and stops it on SIGTERM or SIGINT.
import { setTimeout as wait } from 'node:timers/promises';
import { readSettings } from './settings.js';
import { startServer } from './start-server.js';

const SETTINGS_EXIT_CODE = 2;

const { settings, problems } = readSettings(process.env);
if (settings === undefined) {
  console.error(`The server is not set up:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exit(SETTINGS_EXIT_CODE);
}

const { logger, stop } = await startServer(settings).catch((error) => {
  console.error(`The server did not start: ${error.message}`);
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => end(signal));

async function end(signal) {
  logger.info({ signal }, 'stopping: requests under way are answered');
  const late = wait(settings.TABWRIGHT_STOP_TIMEOUT_SECONDS * 1000, 'late', { ref: false });
  const outcome = await Promise.race([stop(), late]);
  if (outcome === 'late') logger.error('stopped before everything had ended');
  else logger.info('stopped');
  process.exit(outcome === 'late' ? 1 : 0);
}
