// How many requests one server gets at a time. Its database pool is what breaks first, and all clients of the process
// share it.

/** Runs a task as soon as there is room for it. */
export type InFlightLimit = <T>(task: () => Promise<T>) => Promise<T>;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

const lanes = new Map<string, Lane>();

/** The limit of a server; clients with different limits count the same requests. */
export function inFlightLimit(server: string, limit: number): InFlightLimit {
  const lane = lanes.get(server) ?? { running: 0, waiting: [] };
  lanes.set(server, lane);
  return async (task) => {
    while (lane.running >= limit) await new Promise<void>((resume) => lane.waiting.push(resume));
    lane.running += 1;
    try {
      return await task();
    } finally {
      lane.running -= 1;
      lane.waiting.shift()?.();
    }
  };
}
