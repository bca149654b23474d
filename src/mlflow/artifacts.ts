// Files of runs and models through the server's artifact proxy.
import { artifactAddress, joined } from './artifact-address.js';
import type { MlflowHttp, UploadContent } from './mlflow-http.js';
import { uploadInParts } from './multipart-upload.js';
import { faultOf, remoteError } from './remote-fault.js';
import { listAt, type Reply, textAt } from './reply.js';

/** An entry of a folder. */
export interface MlflowArtifact {
  /** Relative to the root. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
}

/** Part of a file; `end` is not in it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What can be done with artifacts. `root` is the artifact URI of a run or a logged model. */
export interface MlflowArtifacts {
  /**
   * Writes a file, or replaces it. Bytes past `multipartBytes` go in parts where the server offers it.
   * @throws OPTION_INVALID for a path that leaves the root
   */
  write(root: string, path: string, content: UploadContent): Promise<void>;
  /** Undefined where there is no such file. */
  read(root: string, path: string, range?: ByteRange): Promise<Uint8Array | undefined>;
  /**
   * A file in pieces of 8 MiB, or in one from a server that knows no ranges; a piece that breaks off is fetched again.
   * @throws SOURCE_FAILED where there is no such file
   */
  stream(root: string, path: string): AsyncIterable<Uint8Array>;
  /** Entries of a folder, none where it is missing. */
  list(root: string, path?: string): Promise<readonly MlflowArtifact[]>;
  /** Paths of all files below the root. */
  files(root: string): Promise<readonly string[]>;
}

const API = '/api/2.0/mlflow-artifacts/artifacts';
const PIECE_BYTES = 8 * 1024 * 1024;
/** The status of a whole file, which servers with S3 behind them give also where part of it was asked for. */
const WHOLE = 200;

/** Artifacts over a connection. */
export function mlflowArtifacts(http: MlflowHttp): MlflowArtifacts {
  const pathOf = (root: string, path: string) => `${API}/${joined(artifactAddress(root, path))}`;

  async function get(path: string, range?: ByteRange) {
    const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
    try {
      return await http.send({ method: 'GET', path, headers });
    } catch (error) {
      const status = faultOf(error)?.status;
      // A range past the end of a file, such as any of an empty one.
      if (status === 404 || status === 416) return status;
      throw error;
    }
  }

  async function list(root: string, path = ''): Promise<readonly MlflowArtifact[]> {
    const reply = await http.call({
      method: 'GET',
      path: API,
      query: { path: decodeURIComponent(joined(artifactAddress(root, path))) },
    });
    return listAt(reply, 'files').map((entry) => readEntry(entry, path));
  }

  async function files(root: string, path = ''): Promise<string[]> {
    const entries = await list(root, path);
    const nested = await Promise.all(entries.map((entry) => (entry.isFolder ? files(root, entry.path) : [entry.path])));
    return nested.flat();
  }

  return {
    list,
    files: (root) => files(root),
    async write(root, path, content) {
      const at = artifactAddress(root, path);
      const isLarge = content instanceof Uint8Array && content.length >= http.connection.multipartBytes;
      if (isLarge && (await uploadInParts(http, at, content))) return;
      const headers = { 'content-type': 'application/octet-stream' };
      await http.send({ method: 'PUT', path: `${API}/${joined(at)}`, body: content, headers });
    },
    async read(root, path, range) {
      const answer = await get(pathOf(root, path), range);
      if (typeof answer === 'number') return answer === 416 ? new Uint8Array() : undefined;
      const isWhole = answer.status === WHOLE && range !== undefined;
      return isWhole ? answer.bytes.subarray(range.start, range.end) : answer.bytes;
    },
    async *stream(root, path) {
      const address = pathOf(root, path);
      for (let start = 0; ; start += PIECE_BYTES) {
        const answer = await get(address, { start, end: start + PIECE_BYTES });
        if (answer === 416) return;
        if (answer === 404) throw remoteError(`there is no artifact ${path}`, { status: 404, isTransient: false });
        yield answer.bytes;
        if (answer.status === WHOLE || answer.bytes.length < PIECE_BYTES) return;
      }
    },
  };
}

function readEntry(entry: Reply, folder: string): MlflowArtifact {
  const name = textAt(entry, 'path').split('/').at(-1) ?? '';
  return {
    path: folder === '' ? name : `${folder}/${name}`,
    isFolder: entry.is_dir === true,
    sizeBytes: Number(entry.file_size ?? 0),
  };
}
