// From three tables to one row a prospect: what is known of them, and sums over what they did in their trial.
import { op } from 'arquero';
import { defineFeatures } from 'tabwright';
import { z } from 'zod';

/** The schema: row type, request checks and training columns in one. */
export const prospect = defineFeatures({
  row: z.object({
    industry: z.string().nullable(),
    country: z.string(),
    channel: z.enum(['organic', 'ads', 'referral', 'partner', 'event']),
    plan: z.enum(['free', 'team', 'pro']),
    company_size: z.int().min(1).nullable(),
    satisfaction: z.int().min(0).max(10).nullable(),
    logins: z.int().min(0),
    reports: z.int().min(0),
    invites: z.int().min(0),
    exports: z.int().min(0),
    tickets: z.int().min(0),
    active_days: z.int().min(0),
  }),
  target: { column: 'converted', task: 'binary', positive: 1 },
});

/** One row a prospect, labelled by the table it stands in. */
export function buildFeatures({ customers, noncustomers, usage_actions: usage }) {
  const prospects = customers.derive({ converted: () => 1 }).concat(noncustomers.derive({ converted: () => 0 }));
  const perProspect = usage
    .derive({ day: (row) => op.dayofyear(row.happened_at) })
    .groupby('prospect_id')
    .rollup({
      logins: (row) => op.sum(row.action === 'login' ? row.count : 0),
      reports: (row) => op.sum(row.action === 'create_report' ? row.count : 0),
      invites: (row) => op.sum(row.action === 'invite' ? row.count : 0),
      exports: (row) => op.sum(row.action === 'export' ? row.count : 0),
      tickets: (row) => op.sum(row.action === 'support_ticket' ? row.count : 0),
      active_days: (row) => op.distinct(row.day),
    });
  // A prospect with no usage row did nothing: zero is the truth there, not a missing value.
  return prospects.join_left(perProspect, 'prospect_id').impute({
    logins: () => 0,
    reports: () => 0,
    invites: () => 0,
    exports: () => 0,
    tickets: () => 0,
    active_days: () => 0,
  });
}
