// From three tables to one row a prospect: what is known of them, and what they did in the 30 days of their trial.
import { escape as opaque } from 'arquero';
import { checks, defineFeatures, defineView } from 'tabwright';
import { z } from 'zod';

const TRIAL_DAYS = 30;
const DAY_MS = 86_400_000;

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

/** How often an action was done in the trial. */
const done = (action) => ({ from: 'usage_actions', take: 'sum', column: 'count', days: TRIAL_DAYS, where: { action } });

/** The features, for a training set and for one prospect online. */
export const prospectView = defineView({
  entity: 'prospect_id',
  sources: { prospects: {}, usage_actions: { time: 'happened_at' } },
  features: {
    industry: { from: 'prospects', column: 'industry', type: 'string' },
    country: { from: 'prospects', column: 'country', type: 'string' },
    channel: { from: 'prospects', column: 'channel', type: 'string' },
    plan: { from: 'prospects', column: 'plan', type: 'string' },
    company_size: { from: 'prospects', column: 'company_size', type: 'number' },
    satisfaction: { from: 'prospects', column: 'satisfaction', type: 'number' },
    logins: done('login'),
    reports: done('create_report'),
    invites: done('invite'),
    exports: done('export'),
    tickets: done('support_ticket'),
    active_days: { from: 'usage_actions', take: 'activeDays', days: TRIAL_DAYS },
  },
});

/** What the usage table must be like. */
export const usageChecks = checks({
  columns: {
    prospect_id: { type: 'string', nullable: false, pattern: '^p\\d{5}$' },
    happened_at: { type: 'datetime', nullable: false, earliest: '2026-01-01' },
    action: { levels: ['login', 'create_report', 'invite', 'export', 'support_ticket'] },
    count: [
      { type: 'integer', nullable: false, min: 1 },
      { max: 100, severity: 'warn' },
    ],
  },
  rows: { min: 1 },
});

/** All prospects, with what became of them and when their trial ended. */
export function allProspects({ customers, noncustomers }) {
  return customers
    .derive({ converted: () => 1 })
    .concat(noncustomers.derive({ converted: () => 0 }))
    .derive({ trial_end: opaque((row) => new Date(row.signup_date.getTime() + TRIAL_DAYS * DAY_MS)) });
}
