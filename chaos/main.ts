import { checkHistory } from './check-history.js';
import { readOptions } from './options.js';
import { runChaos } from './run.js';

const options = readOptions(process.argv.slice(2));
const print = (line: string) => {
  console.log(line);
};
const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
});
const verdicts = await runChaos(options, { print, stop: stop.signal }, checkHistory);
console.log(verdicts);
