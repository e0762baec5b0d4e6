import { hostname } from 'node:os';

/** What people tell this process from its neighbours by: `host/pid`, as in a process list. */
export const NODE_NAME = `${hostname()}/${String(process.pid)}`;
