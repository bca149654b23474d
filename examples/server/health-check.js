// Exits with 0 where the server of this environment answers: the health check of the container.
const { TABWRIGHT_PORT: port = 8080, TABWRIGHT_PREFIX: prefix = '' } = process.env;

const answer = await fetch(`http://127.0.0.1:${port}${prefix}/health/live`).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
