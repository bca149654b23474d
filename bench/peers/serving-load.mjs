// Load on one route, in a process of its own: each connection sends its next request when it has its answer.
// `node serving-load.mjs PORT CONNECTIONS SECONDS` prints { rps, p50, p99 }.
import { connect } from 'node:net';
import { quantile } from '../harness/median.mjs';
import { row } from './serving-row.mjs';

const [port, nConnections, seconds] = process.argv.slice(2).map(Number);
const MAX_REQUESTS = 500_000;
const body = JSON.stringify(row(1));
const head = `POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
const request = Buffer.from(`${head}\r\n\r\n${body}`);

const latencies = [];
const start = performance.now();
const end = start + seconds * 1000;
await Promise.all(Array.from({ length: nConnections }, client));
const elapsed = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({ rps: latencies.length / elapsed, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }),
);

function client() {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let sentAt = 0;
    let received = '';
    const send = () => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.on('data', (text) => {
      received += text;
      if (!isWhole(received)) return;
      if (!received.startsWith('HTTP/1.1 200')) reject(new Error(received));
      received = '';
      const now = performance.now();
      latencies.push((now - sentAt) / 1000);
      if (now < end && latencies.length < MAX_REQUESTS) send();
      else socket.end();
    });
  });
}

/** Whether an answer is complete: both servers send its length. */
function isWhole(answer) {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return answer.length >= headEnd + 4 + Number(length);
}
