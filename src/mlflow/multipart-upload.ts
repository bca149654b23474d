// A large file in parts, straight to the store behind the server with addresses the server signs; given up where a part
// fails.
import { type ArtifactAddress, joined } from './artifact-address.js';
import type { MlflowHttp } from './mlflow-http.js';
import { faultOf } from './remote-fault.js';
import { listAt, numberAt, objectAt, type Reply, textAt } from './reply.js';

const API = '/api/2.0/mlflow-artifacts/mpu';
const PART_BYTES = 10 * 1024 * 1024;
const MAX_PARTS = 10_000;
const NOT_OFFERED = new Set([404, 501]);

/** Uploads a file in parts. @returns false where this server does not offer that, with nothing changed */
export async function uploadInParts(http: MlflowHttp, at: ArtifactAddress, bytes: Uint8Array): Promise<boolean> {
  if (!(await isOffered(http))) return false;
  const partBytes = Math.max(PART_BYTES, Math.ceil(bytes.length / MAX_PARTS));
  const upload = await start(http, at, Math.ceil(bytes.length / partBytes));
  if (upload === undefined) return false;
  const call = (action: string, json: object) =>
    http.call({ method: 'POST', path: `${API}/${action}/${folderOf(at)}`, json });
  const common = { path: nameOf(at), upload_id: textAt(upload, 'upload_id') };
  try {
    const parts = await Promise.all(
      listAt(upload, 'credentials').map((each) => sendPart(http, each, bytes, partBytes)),
    );
    await call('complete', { ...common, parts });
  } catch (error) {
    await call('abort', common).catch(() => undefined);
    throw error;
  }
  return true;
}

async function isOffered(http: MlflowHttp): Promise<boolean> {
  try {
    const info = await http.call({ method: 'GET', path: '/api/3.0/mlflow/server-info' });
    return info.multipart_uploads_enabled === true;
  } catch (error) {
    if (faultOf(error)?.status === 404) return false;
    throw error;
  }
}

async function start(http: MlflowHttp, at: ArtifactAddress, nParts: number): Promise<Reply | undefined> {
  try {
    const json = { path: nameOf(at), num_parts: nParts };
    return await http.call({ method: 'POST', path: `${API}/create/${folderOf(at)}`, json });
  } catch (error) {
    if (NOT_OFFERED.has(faultOf(error)?.status ?? 0)) return undefined;
    throw error;
  }
}

async function sendPart(http: MlflowHttp, credential: Reply, bytes: Uint8Array, partBytes: number): Promise<object> {
  const number = numberAt(credential, 'part_number');
  const url = textAt(credential, 'url');
  const signed = objectAt({ headers: {}, ...credential }, 'headers');
  const { headers } = await http.send({
    method: 'PUT',
    path: url,
    headers: Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, String(value)])),
    body: bytes.subarray((number - 1) * partBytes, number * partBytes),
  });
  return { part_number: number, etag: headers.get('etag') ?? '', url };
}

/** The server wants the folder in the address and the file's own name in the body. */
function folderOf(at: ArtifactAddress): string {
  return joined(at).split('/').slice(0, -1).join('/');
}

function nameOf({ path }: ArtifactAddress): string {
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}
