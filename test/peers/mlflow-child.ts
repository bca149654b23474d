// A training that records and registers on a server, in a process that can be killed. Arguments: server, name, spool folder.
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { mlflowTracker } from '../../src/mlflow/mlflow-tracker.js';
import { trainProspects } from './mlflow-training.js';

const [uri = '', name = '', spool = ''] = process.argv.slice(2);
const { version } = await trainProspects(mlflowRegistry({ uri }), mlflowTracker({ uri, spool }), name);
process.stdout.write(`${JSON.stringify({ version: version.version })}\n`);
