import type { RequestHeaders } from './route.js';

/** Letters, digits, and the punctuation of UUIDs, trace ids and base64: nothing that could forge a header or log line. */
const WELL_FORMED = /^[\w.:+/=@-]{1,128}$/;

/** The id that a request carries in this header, or a new one where it is absent or not well-formed. */
export function requestId(headers: RequestHeaders, header: string, generate: () => string): string {
  const given = headers[header];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : generate();
}
