// require() of every export from CommonJS: fails on a top-level await, a static optional import, or a warning.
const { name, exports: map } = require('../package.json');

process.on('warning', (warning) => {
  throw warning;
});
for (const key of Object.keys(map)) {
  const id = name + key.slice(1);
  console.log(id, Object.keys(require(id)).length);
}
