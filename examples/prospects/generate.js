// Makes the three tables of a conversion problem from a seed: who signed up, who became a customer, and what they did meanwhile.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRandom } from 'tabwright';

const N_PROSPECTS = 20_000;
const TRIAL_DAYS = 30;
const INDUSTRIES = ['software', 'retail', 'finance', 'health', 'education', 'logistics', 'media', 'other'];
const COUNTRIES = ['US', 'DE', 'FR', 'GB', 'BR', 'JP', 'IN', 'ES'];
const CHANNELS = ['organic', 'ads', 'referral', 'partner', 'event'];
const PLANS = ['free', 'team', 'pro'];
const ACTIONS = ['login', 'create_report', 'invite', 'export', 'support_ticket'];

// What really drives conversion here; the model has to find it out.
const INDUSTRY_EFFECT = [0.5, -0.2, 0.4, 0.1, -0.6, 0, -0.1, -0.2];
const CHANNEL_EFFECT = [0.1, -0.5, 0.9, 0.4, 0];
const PLAN_EFFECT = [-0.4, 0.3, 0.8];
const ACTION_RATE = [4, 1.2, 0.5, 0.4, 0.15];

/** Writes customers.csv, noncustomers.csv and usage_actions.csv into a folder. */
export async function generate(folder, seed) {
  const random = createRandom(seed);
  const customers = [];
  const noncustomers = [];
  const actions = [];
  for (let id = 1; id <= N_PROSPECTS; id++) {
    const prospect = makeProspect(id, random);
    const usage = makeUsage(prospect, random);
    actions.push(...usage);
    (converts(prospect, usage, random) ? customers : noncustomers).push(prospect);
  }
  await mkdir(folder, { recursive: true });
  await writeTable(`${folder}/customers.csv`, customers.map(visible));
  await writeTable(`${folder}/noncustomers.csv`, noncustomers.map(visible));
  await writeTable(`${folder}/usage_actions.csv`, actions);
  return { customers: customers.length, noncustomers: noncustomers.length, actions: actions.length };
}

function makeProspect(id, random) {
  const signup = Date.UTC(2026, 0, 1) + random.integer(180) * 86_400_000;
  return {
    prospect_id: `p${String(id).padStart(5, '0')}`,
    signup_date: new Date(signup).toISOString().slice(0, 10),
    industry: random.integer(INDUSTRIES.length),
    country: random.integer(COUNTRIES.length),
    channel: random.integer(CHANNELS.length),
    plan: random.integer(PLANS.length),
    company_size: Math.max(1, Math.round(Math.exp(3 + 1.5 * random.normal()))),
    satisfaction: Math.min(10, Math.max(0, Math.round(7 + 2 * random.normal()))),
    engagement: random.normal(),
    answered_survey: random.next() < 0.45,
    told_size: random.next() < 0.9,
    told_industry: random.next() < 0.95,
  };
}

/** One row a day and kind of action, with how often it was done. */
function makeUsage(prospect, random) {
  const signup = Date.parse(prospect.signup_date);
  return ACTIONS.flatMap((action, kind) => {
    const times = Math.round(ACTION_RATE[kind] * Math.exp(0.8 * prospect.engagement + 0.4 * random.normal()));
    return Array.from({ length: Math.min(times, 12) }, () => ({
      prospect_id: prospect.prospect_id,
      happened_at: new Date(signup + random.integer(TRIAL_DAYS * 86_400) * 1000).toISOString().slice(0, 19),
      action,
      count: 1 + random.integer(4),
    }));
  });
}

function converts(prospect, usage, random) {
  const reports = usage.filter(({ action }) => action === 'create_report').length;
  const tickets = usage.filter(({ action }) => action === 'support_ticket').length;
  const logOdds =
    -2.6 +
    INDUSTRY_EFFECT[prospect.industry] +
    CHANNEL_EFFECT[prospect.channel] +
    PLAN_EFFECT[prospect.plan] +
    0.3 * (Math.log(prospect.company_size) - 3) +
    0.25 * (prospect.satisfaction - 7) +
    0.35 * Math.min(reports, 5) -
    0.5 * tickets +
    0.5 * prospect.engagement;
  return random.next() < 1 / (1 + Math.exp(-logOdds));
}

/** What the sales database knows: names for codes, gaps where nobody answered, no engagement. */
function visible(prospect) {
  return {
    prospect_id: prospect.prospect_id,
    signup_date: prospect.signup_date,
    industry: prospect.told_industry ? INDUSTRIES[prospect.industry] : '',
    country: COUNTRIES[prospect.country],
    channel: CHANNELS[prospect.channel],
    plan: PLANS[prospect.plan],
    company_size: prospect.told_size ? prospect.company_size : '',
    satisfaction: prospect.answered_survey ? prospect.satisfaction : '',
  };
}

async function writeTable(path, rows) {
  const names = Object.keys(rows[0]);
  const lines = rows.map((row) => names.map((name) => row[name]).join(','));
  await writeFile(path, `${names.join(',')}\n${lines.join('\n')}\n`);
}
