import { randomInt } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './history/faults.js';

export interface ChaosOptions {
  /** How long traffic and faults go on; starting and draining come on top. */
  minutes: number;
  seed: number;
  /** How many processes of the service there are. */
  nodes: number;
  /** Only these kinds of faults; all when empty. */
  only: FaultKind[];
  /** One server, or a primary with replicas under Sentinels. Only the latter can fail over. */
  redis: 'single' | 'sentinel';
  /** People who begin a login, per second. */
  rate: number;
  /** URLs of modules that every node loads first, besides the runner's own: planted defects. */
  preloads: string[];
  /** A file for everything that was written down, as JSON, for whoever wants to look closer. */
  save: string | undefined;
}

/** @throws an error that says which option is wrong. */
export function readOptions(args: string[]): ChaosOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      minutes: { ...text, default: '1' },
      seed: { ...text, default: String(randomInt(1, 1_000_000)) },
      nodes: { ...text, default: '2' },
      only: { ...text, multiple: true, default: [] },
      redis: { ...text, default: 'sentinel' },
      rate: { ...text, default: '4' },
      save: text,
      preload: { ...text, multiple: true, default: [] },
    },
  });
  return {
    minutes: within('--minutes', values.minutes, 0.1, 24 * 60),
    seed: whole('--seed', within('--seed', values.seed, 0, 2 ** 31)),
    nodes: whole('--nodes', within('--nodes', values.nodes, 2, 8)),
    only: values.only.flatMap((names) => names.split(',')).map(toKind),
    redis: toTopology(values.redis),
    rate: within('--rate', values.rate, 0.1, 100),
    preloads: values.preload.map(toModule),
    save: values.save === undefined ? undefined : writable(values.save),
  };
}

function within(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text !== '' && value >= least && value <= most) return value;
  throw new Error(`${name}: must be a number from ${String(least)} to ${String(most)}`);
}

function whole(name: string, value: number): number {
  if (Number.isInteger(value)) return value;
  throw new Error(`${name}: must be a whole number`);
}

function toModule(file: string): string {
  if (existsSync(file)) return pathToFileURL(file).href;
  throw new Error(`--preload: there is no file ${file}`);
}

/** Looks before the run, not after it, whether the file can be written. */
function writable(file: string): string {
  try {
    closeSync(openSync(file, 'a'));
    return file;
  } catch (error) {
    throw new Error(`--save: ${error instanceof Error ? error.message : file}`, { cause: error });
  }
}

function toKind(name: string): FaultKind {
  const kind = FAULT_KINDS.find((known) => known === name);
  if (kind) return kind;
  throw new Error(`--only: there is no fault ${name}; there are ${FAULT_KINDS.join(', ')}`);
}

function toTopology(name: string): ChaosOptions['redis'] {
  if (name === 'single' || name === 'sentinel') return name;
  throw new Error('--redis: must be single or sentinel');
}
