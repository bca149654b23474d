// The entry of a worker that profiles; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { serveWorker } from '../workers/serve-worker.js';
import { TaskPerformer } from './perform-task.js';
import type { ProfileTask } from './profile-task.js';

const performer = new TaskPerformer();

serveWorker((task: ProfileTask) => performer.perform(task));
