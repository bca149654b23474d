// An app that has a body parser and a route of its own, and mounts predictions, profiles and trainings under /ml.
import express from 'express';
import tabwright from 'tabwright/express';
import { machineLearning } from '../machine-learning.js';

const { DATA = './data', ML_KEY, PORT = '3000' } = process.env;
const app = express();

app.use(express.json());
app.get('/customers/:id', ({ params }, response) => response.json({ id: params.id, plan: 'pro', visits: 12 }));
app.use('/ml', tabwright(await machineLearning(DATA, ML_KEY)));

const server = app.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
