import { ByteQueue } from '../byte-queue.js';
import { checkUtf8 } from '../check-utf8.js';
import { checkRecordBytes, type RecordSource, type RecordText } from './record-text.js';

const LF = 0x0a;
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * The lines of NDJSON, in blocks; blank ones are left out.
 * @throws TEXT_ENCODING, DATA_TOO_LARGE, and what the chunks throw
 */
export async function* ndjsonRecords(source: RecordSource): AsyncGenerator<RecordText[]> {
  const queue = new ByteQueue();
  const before = { nLines: 0, nBytes: 0 };

  function take(nBytes: number): RecordText[] {
    const bytes = queue.bytes.subarray(0, nBytes);
    checkUtf8(bytes, source.name, before);
    const texts = bytes.toString('utf8').split('\n');
    const records: RecordText[] = [];
    for (const [i, text] of texts.entries()) {
      const line = before.nLines + i + 1;
      checkRecordBytes(source, text.length, line);
      const record = line === 1 ? text.replace(BYTE_ORDER_MARK, '') : text;
      if (record.trim() !== '') records.push({ text: record, line });
    }
    before.nLines += texts.length - 1;
    before.nBytes += nBytes;
    queue.take(nBytes);
    return records;
  }

  for await (const chunk of source.chunks) {
    queue.add(chunk);
    const end = queue.bytes.lastIndexOf(LF) + 1;
    if (end > 0) yield take(end);
    checkRecordBytes(source, queue.bytes.length, before.nLines + 1);
  }
  yield take(queue.bytes.length);
}
