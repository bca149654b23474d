// The few calls of @aws-sdk/client-s3 that reading an object takes; what its errors mean here.
import { TabwrightError } from '../../core/tabwright-error.js';

/** What is used of an `S3Client` of @aws-sdk/client-s3. */
export interface S3ClientLike {
  send(command: never, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}

/** How to make a client. */
interface ClientOptions {
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
}

interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Reads one object. Calls throw FILE_NOT_FOUND, SOURCE_CHANGED, SOURCE_FAILED, or what a broken connection throws. */
export interface S3Reader {
  head(signal: AbortSignal): Promise<{ size: number; etag: string }>;
  /** Bytes [from, to) of the version with this tag. */
  range(
    from: number,
    to: number,
    expected: { readonly etag: string; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>;
  close(): void;
}

/** What is read of an answer. */
interface Answer {
  readonly ETag?: string;
  readonly ContentLength?: number;
  readonly Body?: AsyncIterable<Uint8Array>;
}

type Sdk = typeof import('@aws-sdk/client-s3');

/** @throws PACKAGE_MISSING */
export async function openS3(address: ObjectAddress, client: S3ClientLike | ClientOptions): Promise<S3Reader> {
  const sdk = await s3Sdk();
  const own = 'send' in client ? undefined : new sdk.S3Client(definedOnly(client));
  const name = `s3://${address.bucket}/${address.key}`;
  const send = sender(own ?? (client as S3ClientLike), name);
  const object = {
    Bucket: address.bucket,
    Key: address.key,
    ...(address.versionId === undefined ? {} : { VersionId: address.versionId }),
  };
  return {
    async head(signal) {
      const { ContentLength, ETag } = await send(new sdk.HeadObjectCommand(object), signal, false);
      if (ContentLength !== undefined && ETag !== undefined) return { size: ContentLength, etag: ETag };
      throw new TabwrightError('SOURCE_FAILED', 's3Object: the store tells no size or no ETag of the object');
    },
    async range(from, to, { etag, signal }) {
      const Range = `bytes=${from}-${to - 1}`;
      const command = new sdk.GetObjectCommand({ ...object, Range, IfMatch: etag });
      const { Body, ETag } = await send(command, signal, true);
      // Some stores do not know If-Match.
      if (ETag !== etag) throw changed(name);
      if (Body !== undefined) return Body;
      throw new TabwrightError('SOURCE_FAILED', 's3Object: the store sent no body');
    },
    close: () => own?.destroy(),
  };
}

async function s3Sdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (cause) {
    const message = 's3Object needs the package @aws-sdk/client-s3 (version 3): npm install @aws-sdk/client-s3@3';
    throw new TabwrightError('PACKAGE_MISSING', message, { cause });
  }
}

function definedOnly({ region, endpoint, forcePathStyle }: ClientOptions) {
  return {
    forcePathStyle,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function sender(client: S3ClientLike, name: string) {
  return async (command: object, abortSignal: AbortSignal, hasBegun: boolean): Promise<Answer> => {
    try {
      return (await client.send(command as never, { abortSignal })) as Answer;
    } catch (error) {
      throw answerError(name, error, hasBegun) ?? error;
    }
  };
}

/** Undefined where there was no answer. */
function answerError(name: string, error: unknown, hasBegun: boolean): TabwrightError | undefined {
  const status = httpStatus(error);
  if (status === undefined) return undefined;
  if (hasBegun && (status === 412 || status === 404)) return changed(name, error);
  const code = status === 403 || status === 404 ? 'FILE_NOT_FOUND' : 'SOURCE_FAILED';
  return new TabwrightError(code, `s3Object: ${name}: the store answers with status ${status}`, { cause: error });
}

function changed(name: string, cause?: unknown): TabwrightError {
  return new TabwrightError('SOURCE_CHANGED', `s3Object: ${name} was replaced while it was read`, { cause });
}

/** The status of an answer, as the SDK's errors carry it. */
function httpStatus(error: unknown): number | undefined {
  const metadata = (error as { readonly $metadata?: { readonly httpStatusCode?: unknown } } | null)?.$metadata;
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
