import 'reflect-metadata';
import { run } from './cli/run.js';

// What a script wants to keep, an id or a secret, is all that goes to stdout.
process.exitCode = await run(process.argv.slice(2), { out: console.log, err: console.error });
