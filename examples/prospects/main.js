// The product in one minute: three CSV files, checks, features, two models with five folds, a registry, a server, a request.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';
import { createFeatureStore, createPredictor, createTrainer, csv, featureUsers, fileRegistry } from 'tabwright';
import tabwright from 'tabwright/fastify';
import { allProspects, prospect, prospectView, usageChecks } from './features.js';
import { generate } from './generate.js';

const SEED = 7;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dataFolder = here('data');
const featureFolder = here('feature-store');
const modelFolder = here('models');

await step('Generate three tables from a seed', async () => {
  const { customers, noncustomers, actions } = await generate(dataFolder, SEED);
  return `${count(customers)} customers, ${count(noncustomers)} others, ${count(actions)} usage actions`;
});

const tables = await step('Load the CSV files', async () => {
  const names = ['customers', 'noncustomers', 'usage_actions'];
  const loaded = await csv(Object.fromEntries(names.map((name) => [name, `${dataFolder}/${name}.csv`]))).load();
  return [loaded, names.map((name) => `${name} ${count(loaded[name].numRows())} rows`).join(', ')];
});

await step('Check the usage actions', async () => {
  const { failures, throwIfErrors } = usageChecks.run(tables.usage_actions);
  throwIfErrors('usage_actions.csv');
  return `${failures.length} rules broken`;
});

const prospects = allProspects(tables);
const sources = { prospects, usage_actions: tables.usage_actions };
await rm(featureFolder, { recursive: true, force: true });
const store = createFeatureStore({ dir: featureFolder, views: { prospects: prospectView }, codeVersion: 'demo' });
for (const until of ['2026-05-01', '2026-08-01']) {
  await step(`Store features until ${until}`, async () => {
    const moments = { table: prospects, time: 'trial_end' };
    const version = await store.build('prospects', sources, { moments, until: new Date(until) });
    return `version ${version.version}: ${count(version.nRows)} rows, ${count(version.parts.at(-1).nRows)} of them new`;
  });
}

const { table: data, lineage } = await step('Take the training set from version 2', async () => {
  const labels = { table: prospects, time: 'trial_end', label: 'converted' };
  const set = await store.trainingSet('prospects', labels, { version: 2 });
  return [set, `${count(set.table.numRows())} rows, ${prospectView.features.length} features`];
});

await step('Bring version 2 online', async () => {
  const { nWritten } = await store.materialise('prospects');
  return `${count(nWritten)} prospects`;
});

await step('The same features online', async () => {
  const events = new Map();
  for (const event of tables.usage_actions.objects()) {
    if (!events.has(event.prospect_id)) events.set(event.prospect_id, []);
    events.get(event.prospect_id).push(event);
  }
  const times = [];
  for (const [position, expected] of data.objects().entries()) {
    const usage_actions = events.get(expected.prospect_id) ?? [];
    const computed = prospectView.online(
      { usage_actions },
      { prospects: prospects.object(position) },
      expected.trial_end,
    );
    const started = performance.now();
    const stored = await store.get('prospects', expected.prospect_id);
    times.push(performance.now() - started);
    for (const { name } of prospectView.features) {
      const offline = expected[name] ?? Number.NaN;
      if (Object.is(stored[name] ?? Number.NaN, offline) && Object.is(computed[name] ?? Number.NaN, offline)) continue;
      throw new Error(`${name} differs online`);
    }
  }
  const p99 = times.sort((a, b) => a - b)[Math.floor(0.99 * times.length)];
  return `equal for all ${count(times.length)} prospects, looked up and computed; p99 ${(p99 * 1000).toFixed(0)} µs`;
});

await rm(modelFolder, { recursive: true, force: true });
const registry = fileRegistry(modelFolder);
const trainer = createTrainer({ registry });
for (const model of ['constant', 'logistic']) {
  await step(`Train ${model}, 5 folds`, async () => {
    const { version, metrics } = await trainer.train({
      name: 'prospect-conversion',
      data,
      lineage,
      features: prospect,
      model,
      validation: { folds: 5 },
      seed: SEED,
    });
    return `version ${version.version}: AUC ${show(metrics.auc)}, log loss ${show(metrics.logLoss)}`;
  });
}

await step('Promote the better one', async () => {
  await registry.setAlias('prospect-conversion', 'champion', 2, 'better AUC than the constant baseline');
  return 'prospect-conversion@champion is version 2';
});

await step('What the store holds, and who uses it', async () => {
  const lines = [];
  for (const { version, nRows, watermark, sources } of await store.versions('prospects')) {
    const users = (await featureUsers(registry, 'prospects', version)).map(
      ({ model }) => `${model.name}/${model.version}`,
    );
    const digest = sources.usage_actions.digest.slice(0, 8);
    lines.push(
      `version ${version}: ${count(nRows)} rows until ${watermark.slice(0, 10)}, usage ${digest}, ${users.join(', ') || 'no model'}`,
    );
  }
  return lines.join(`\n${' '.repeat(48)}`);
});

const app = fastify();
const address = await step('Serve it on Fastify', async () => {
  const predictor = await createPredictor({ registry, model: 'prospect-conversion@champion', features: prospect });
  app.register(tabwright, { prefix: '/ml', predictors: { 'prospect-conversion': predictor } });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return [url, `${url}/ml`];
});

const row = {
  industry: 'finance',
  country: 'DE',
  channel: 'referral',
  plan: 'pro',
  company_size: 240,
  satisfaction: null,
  logins: 21,
  reports: 9,
  invites: 3,
  exports: 2,
  tickets: 0,
  active_days: 12,
};
await step('Ask for one prediction', async () => {
  const response = await fetch(`${address}/ml/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  return JSON.stringify(await response.json());
});
await step('Send a row that is wrong in two ways', async () => {
  const response = await fetch(`${address}/ml/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...row, plan: 'platinum', logins: -1 }),
  });
  const { status, code, problems } = await response.json();
  return `${status} ${code}: ${problems.map(({ column, rule }) => `${column} ${rule}`).join('; ')}`;
});
await app.close();

console.log(`
Where to look
  examples/prospects/models/prospect-conversion   the registered versions
    versions/2/README.md                          the model card, with ROC and calibration plots beside it
  examples/prospects/feature-store                the versions of the features, in Parquet
  examples/prospects/main.js                      this script: what you would write in your own service

Next
  npx tabwright features list --dir examples/prospects/feature-store
  npx tabwright models list --registry examples/prospects/models
  npx tabwright serve --registry examples/prospects/models --model prospect-conversion`);

/** Runs one step and prints what it did and how long it took; a step may return [value, words] or just words. */
async function step(title, run) {
  const started = performance.now();
  const result = await run();
  const [value, words] = Array.isArray(result) ? result : [undefined, result];
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  console.log(`${title.padEnd(38)} ${seconds.padStart(5)} s  ${words}`);
  return value;
}

function count(n) {
  return n.toLocaleString('en');
}

function show({ mean, sd }) {
  return `${mean.toFixed(4)} ± ${sd.toFixed(4)}`;
}
