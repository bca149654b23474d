import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyMlflowWebhook } from '../../src/mlflow/verify-mlflow-webhook.js';

const SECRET = 'hook-secret';
const BODY =
  '{"entity":"model_version_alias","action":"created","timestamp":"now","data":{"name":"m","alias":"champion","version":"2"}}';

function signed(body: string, { ageSeconds = 0, secret = SECRET } = {}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const mac = createHmac('sha256', secret).update(`id-1.${timestamp}.${body}`).digest('base64');
  return { 'x-mlflow-delivery-id': 'id-1', 'x-mlflow-timestamp': timestamp, 'x-mlflow-signature': `v1,${mac}` };
}

describe('verifyMlflowWebhook', () => {
  it('gives the event of a signed request, from text or bytes, objects or Headers', () => {
    const event = {
      deliveryId: 'id-1',
      entity: 'model_version_alias',
      action: 'created',
      data: { name: 'm', alias: 'champion', version: '2' },
    };
    expect(verifyMlflowWebhook(signed(BODY), BODY, SECRET)).toEqual(event);
    expect(verifyMlflowWebhook(new Headers(signed(BODY)), new TextEncoder().encode(BODY), SECRET)).toEqual(event);
  });

  it.each<[string, Record<string, string>, string]>([
    ['another secret', signed(BODY, { secret: 'other' }), BODY],
    ['another body', signed(BODY), BODY.replace('2', '3')],
    ['no signature', { ...signed(BODY), 'x-mlflow-signature': '' }, BODY],
    ['a signature of another form', { ...signed(BODY), 'x-mlflow-signature': 'v1' }, BODY],
    [
      'a signature that is cut off',
      { ...signed(BODY), 'x-mlflow-signature': signed(BODY)['x-mlflow-signature']?.slice(0, 20) ?? '' },
      BODY,
    ],
    ['another time', { ...signed(BODY), 'x-mlflow-timestamp': '1' }, BODY],
    ['a replay of yesterday', signed(BODY, { ageSeconds: 86_400 }), BODY],
    ['a time to come', signed(BODY, { ageSeconds: -3600 }), BODY],
  ])('refuses %s', (_, headers, body) => {
    expect(() => verifyMlflowWebhook(headers, body, SECRET)).toThrow(expect.objectContaining({ code: 'UNAUTHORIZED' }));
  });

  it('takes older requests where it is told to', () => {
    const headers = signed(BODY, { ageSeconds: 3000 });
    expect(verifyMlflowWebhook(headers, BODY, SECRET, { toleranceMs: 3_600_000 }).deliveryId).toBe('id-1');
  });

  it.each(['', '[]', 'null', '{"entity":1}', '{"entity":"a","action":"b","data":[]}'])(
    'refuses the signed body %j',
    (body) => {
      expect(() => verifyMlflowWebhook(signed(body), body, SECRET)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID' }),
      );
    },
  );

  it('refuses to work with no secret', () => {
    expect(() => verifyMlflowWebhook(signed(BODY, { secret: '' }), BODY, '')).toThrow(/secret must not be empty/);
  });
});
