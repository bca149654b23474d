import type { ProfileComparison } from '../../../src/eda/profile-types.js';
import type { MadeProfileOptions } from './made-profile.js';
import { madeProfile } from './made-profile.js';

/** Two made-up profiles side by side, of which every third column changed. */
export function madeComparison(options: MadeProfileOptions = {}): ProfileComparison {
  const [train, current] = [madeProfile(options), madeProfile(options)];
  const profiles = [train, current].map(({ overview, alerts, reproduction }, i) => ({
    name: i === 0 ? 'train' : 'current',
    overview,
    alerts,
    reproduction,
  }));
  const columns = train.columns.map((column, i) => ({
    name: column.name,
    profiles: [column, current.columns[i] ?? null],
    changes: i % 3 === 0 && i > 0 ? ['missing', 'range'] : [],
    overlay:
      column.type === 'numeric'
        ? {
            edges: [0, 1, 2, 3],
            shares: [
              [0.2, 0.5, 0.3],
              [0.1, 0.4, 0.5],
            ],
          }
        : null,
    drift: [null, { wasserstein: 0.25 }],
  }));
  return { format: 'tabwright.comparison/1', names: ['train', 'current'], profiles, columns };
}
