import { describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/mlflow/connection-options.js';

const uri = 'http://127.0.0.1:5000';

describe('resolveConnection', () => {
  it('takes what it is not told from the environment variables of MLflow', () => {
    const environment = {
      MLFLOW_TRACKING_URI: 'https://mlflow.example/base/',
      MLFLOW_TRACKING_TOKEN: 't0',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '3',
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '1.5',
      MLFLOW_HTTP_REQUEST_TIMEOUT: '9',
    };
    expect(resolveConnection({}, environment)).toMatchObject({
      baseUrl: 'https://mlflow.example/base',
      authorization: 'Bearer t0',
      retries: 3,
      backoffMs: 1500,
      timeoutMs: 9000,
    });
    expect(resolveConnection({ uri, token: 't1', retries: 1 }, environment)).toMatchObject({
      baseUrl: uri,
      authorization: 'Bearer t1',
      retries: 1,
    });
  });

  it('prefers a name and a password to a token, and reads them from the address too', () => {
    const basic = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;
    const options = { uri, token: 't', username: 'ada', password: 'p@ss' };
    expect(resolveConnection(options, {}).authorization).toBe(basic);
    const named = resolveConnection({ uri: 'http://ada:p%40ss@127.0.0.1:5000' }, {});
    expect(named).toMatchObject({ authorization: basic, baseUrl: uri });
    expect(resolveConnection({ uri }, {}).authorization).toBeUndefined();
  });

  it.each([
    [{}, /uri must be given/],
    [{ uri: 'sqlite:///mlflow.db' }, /uri must be an http or https URL/],
    [{ uri, retries: -1 }, /retries must be an integer in \[0, 10\]/],
    [{ uri, retrys: 1 }, /there is no option retrys; did you mean retries/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveConnection(options, {})).toThrow(message);
  });
});
