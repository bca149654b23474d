// What a request wants profiled: a file that it brings, or a URL.
import { randomUUID } from 'node:crypto';
import { TabwrightError } from '../../core/tabwright-error.js';
import { members, textMember } from '../admin-json.js';
import type { HandlerRequest, MediaSchemas, Upload } from '../route.js';
import type { ProfileFolder } from './profile-folder.js';
import type { ProfileFormat, ProfileSource } from './profile-source.js';
import { PROFILE_FORMATS, urlSource } from './profile-source.js';
import { storeUpload, UPLOAD_FORMATS } from './store-upload.js';
import type { ProfileSources } from './work-options.js';

const MAX_JSON_BYTES = 16_384;

/** Media types of bodies that bring a file or name a URL. */
export const SOURCE_MEDIA_TYPES = ['multipart/form-data', ...Object.keys(UPLOAD_FORMATS), 'application/json'];

/** Their schemas. */
export const sourceSchemas: MediaSchemas = {
  'multipart/form-data': {
    type: 'object',
    properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    required: ['file'],
  },
  ...Object.fromEntries(Object.keys(UPLOAD_FORMATS).map((mediaType) => [mediaType, { type: 'string' }])),
  'application/json': {
    type: 'object',
    additionalProperties: false,
    properties: {
      url: { type: 'string', description: 'https: or s3:, of a host or bucket that is allowed.' },
      format: { type: 'string', enum: PROFILE_FORMATS, description: 'As the path ends where absent.' },
    },
    required: ['url'],
  },
};

/** Where the data will be. */
export interface ReceivedSource {
  readonly source: ProfileSource;
  /** Name in the folder of uploads; an upload is there already. */
  readonly file: string;
}

/** @throws REQUEST_INVALID, SOURCE_REFUSED, BODY_TOO_LARGE, STORAGE_FULL, STORAGE_FAILED */
export async function receiveSource(
  { upload }: HandlerRequest,
  folder: ProfileFolder,
  sources: ProfileSources,
): Promise<ReceivedSource> {
  if (upload === undefined) throw new TabwrightError('REQUEST_INVALID', 'a body is required');
  if (upload.mediaType !== 'application/json') {
    const { file, name, format, digest } = await storeUpload(upload, folder);
    return { file, source: { name, format, digest, url: null } };
  }
  const body = members(await jsonOf(upload), ['url', 'format']);
  const url = textMember(body, 'url');
  if (url === undefined) throw new TabwrightError('REQUEST_INVALID', 'url is required');
  const source = urlSource(url, formatMember(textMember(body, 'format')), sources);
  return { file: `${randomUUID()}.${source.format}`, source };
}

async function jsonOf({ pieces }: Upload): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MAX_JSON_BYTES) {
      throw new TabwrightError('BODY_TOO_LARGE', `a JSON body must be at most ${MAX_JSON_BYTES} bytes`);
    }
    chunks.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    // The engine's message quotes the body.
    throw new TabwrightError('REQUEST_INVALID', 'the body must be JSON');
  }
}

function formatMember(given: string | undefined): ProfileFormat | undefined {
  const format = PROFILE_FORMATS.find((each) => each === given);
  if (given === undefined || format !== undefined) return format;
  throw new TabwrightError('REQUEST_INVALID', `format must be one of ${PROFILE_FORMATS.join(', ')}`);
}
