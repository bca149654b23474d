import { realData } from './real-data.js';
import { hasPython } from './run-python.js';

/** What {@link peerData} needs, in words. */
export const PEER_DATA = 'the Python environment (npm run test:peers) and the public data sets (TABWRIGHT_DATA)';

/** The path of a public data set where both it and the Python peers are on this machine. */
export function peerData(file: string): string | undefined {
  return hasPython ? realData(file) : undefined;
}
