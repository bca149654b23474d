// Experiments by name: made where they are missing, by whichever of several clients is first.

import { TabwrightError } from '../core/tabwright-error.js';
import { keyValues } from './key-values.js';
import type { MlflowHttp } from './mlflow-http.js';
import { pages } from './pages.js';
import { faultOf, orMissing } from './remote-fault.js';
import { numberAt, objectAt, pairsAt, type Reply, textAt } from './reply.js';

/** An experiment. */
export interface MlflowExperiment {
  readonly experimentId: string;
  readonly name: string;
  /** `deleted` for one in the bin. */
  readonly lifecycleStage: string;
  readonly createdAtMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What can be asked about experiments. */
export interface MlflowExperiments {
  /** Undefined where there is none. */
  find(name: string): Promise<MlflowExperiment | undefined>;
  /** The experiment of this name, made where it is missing. @throws VERSION_CONFLICT where it lies in the bin */
  ensure(name: string, tags?: Readonly<Record<string, string>>): Promise<MlflowExperiment>;
  /** @param filter In MLflow's search language, such as `name LIKE 'churn%'`. */
  search(filter?: string): Promise<readonly MlflowExperiment[]>;
}

const API = '/api/2.0/mlflow/experiments';
const PAGE_SIZE = 1000;

/** Experiments over a connection. */
export function mlflowExperiments(http: MlflowHttp): MlflowExperiments {
  async function get(name: string): Promise<MlflowExperiment> {
    const query = { experiment_name: name };
    return read(objectAt(await http.call({ method: 'GET', path: `${API}/get-by-name`, query }), 'experiment'));
  }

  return {
    find: (name) => orMissing(get(name)),
    async ensure(name, tags = {}) {
      const found = (await orMissing(get(name))) ?? (await create(name, tags));
      if (found.lifecycleStage !== 'deleted') return found;
      throw new TabwrightError(
        'VERSION_CONFLICT',
        `mlflow: the experiment ${name} is deleted; restore it or use another name`,
      );
    },
    async search(filter) {
      const replies = await pages('experiments', (page_token) =>
        http.call({ method: 'POST', path: `${API}/search`, json: { max_results: PAGE_SIZE, filter, page_token } }),
      );
      return replies.map(read);
    },
  };

  async function create(name: string, tags: Readonly<Record<string, string>>): Promise<MlflowExperiment> {
    try {
      await http.call({ method: 'POST', path: `${API}/create`, json: { name, tags: keyValues(tags) } });
    } catch (error) {
      if (faultOf(error)?.errorCode !== 'RESOURCE_ALREADY_EXISTS') throw error;
    }
    return get(name);
  }
}

function read(reply: Reply): MlflowExperiment {
  return {
    experimentId: textAt(reply, 'experiment_id'),
    name: textAt(reply, 'name'),
    lifecycleStage: textAt(reply, 'lifecycle_stage'),
    createdAtMs: numberAt(reply, 'creation_time'),
    tags: pairsAt(reply, 'tags'),
  };
}
