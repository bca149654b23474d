import { describe, expect, test } from 'vitest';
import tabwright, { tabwrightStream } from '../../adapters/lambda.js';
import { lambdaRequest } from '../../src/serving/lambda-event.js';
import { penguin, prospect } from './models.js';

const headers = { 'Content-Type': 'application/json' };
const body = JSON.stringify({ plan: 'pro' });
const handler = tabwright({ basePath: '/ml', predictors: { prospect: prospect(), penguin: penguin() } });
const first = { httpMethod: 'POST', path: '/ml/predict/prospect', body };

describe('the Lambda handler', () => {
  test('answers a load balancer in the form of headers that it sent', async () => {
    const requestContext = { elb: {} };
    const multi = await handler({
      ...first,
      requestContext,
      multiValueHeaders: { 'Content-Type': ['application/json'] },
    });
    expect(multi.statusCode).toBe(200);
    expect(multi.multiValueHeaders?.['content-type']).toEqual([multi.headers['content-type']]);
    expect(await handler({ ...first, requestContext, headers })).not.toHaveProperty('multiValueHeaders');
  });

  test('takes bodies in base64', async () => {
    const encoded = Buffer.from(body).toString('base64');
    expect((await handler({ ...first, headers, body: encoded, isBase64Encoded: true })).statusCode).toBe(200);
  });

  test('leaves the stage out of the path, and shows it in its description', async () => {
    const described = await handler({
      version: '2.0',
      rawPath: '/prod/ml/openapi.json',
      requestContext: { stage: 'prod', http: { method: 'GET' } },
    });
    expect(JSON.parse(described.body).servers).toEqual([{ url: '/prod/ml' }]);
    const requestContext = { stage: 'prod', path: '/prod/ml/openapi.json' };
    const rest = await handler({ httpMethod: 'GET', path: '/ml/openapi.json', requestContext });
    expect(JSON.parse(rest.body).servers).toEqual([{ url: '/prod/ml' }]);
  });

  test('answers what is not in the table with a plain 404', async () => {
    expect(await handler({ httpMethod: 'GET', path: '/nowhere' })).toMatchObject({ statusCode: 404 });
    expect(await handler({ ...first, path: '/ml/predict/%E0%A4%A' })).toMatchObject({ statusCode: 404 });
  });

  test('cannot stream outside Lambda', () => {
    expect(() => tabwrightStream({ predictors: {} })).toThrow(expect.objectContaining({ code: 'PACKAGE_MISSING' }));
  });
});

describe('lambdaRequest', () => {
  test('joins cookies and headers of several values', () => {
    expect(lambdaRequest({ version: '2.0', cookies: ['a=1', 'b=2'] }).headers).toEqual({ cookie: 'a=1; b=2' });
    expect(
      lambdaRequest({ multiValueHeaders: { Accept: ['text/csv', '*/*'], Cookie: ['a=1', 'b=2'] } }).headers,
    ).toEqual({
      accept: 'text/csv, */*',
      cookie: 'a=1; b=2',
    });
  });

  test('has the query as it was sent, whoever has decoded it', () => {
    const parameters = { a: 'x y&z' };
    expect(lambdaRequest({ version: '2.0', rawQueryString: 'a=x%20y%26z' }).query).toBe('a=x%20y%26z');
    expect(lambdaRequest({ queryStringParameters: parameters }).query).toBe('a=x+y%26z');
    expect(lambdaRequest({ multiValueQueryStringParameters: { a: ['1', '2'] } }).query).toBe('a=1&a=2');
    const encoded = { requestContext: { elb: {} }, queryStringParameters: { a: 'x%20y' } };
    expect(lambdaRequest(encoded).query).toBe('a=x%20y');
  });
});
