// An app that has a route of its own, and mounts predictions, profiles and trainings under /ml.
import fastify from 'fastify';
import tabwright from 'tabwright/fastify';
import { machineLearning } from '../machine-learning.js';

const { DATA = './data', ML_KEY, PORT = '3000' } = process.env;
const app = fastify();

app.get('/customers/:id', async ({ params }) => ({ id: params.id, plan: 'pro', visits: 12 }));
app.register(tabwright, { prefix: '/ml', ...(await machineLearning(DATA, ML_KEY)) });

console.log(await app.listen({ host: '127.0.0.1', port: Number(PORT) }));
