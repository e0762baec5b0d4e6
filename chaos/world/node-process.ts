import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ending } from '../../test/support/servers/daemon.js';
import { launchService, type Service } from '../../test/support/service.js';
import type { ProcessLog } from '../history/dumps.js';
import type { Journal } from '../journal.js';
import type { TcpProxy } from './tcp-proxy.js';

/** What a node is started with, and started with again. */
export interface NodePlan {
  name: string;
  port: number;
  scratch: string;
  configYaml: string;
  env: Record<string, string>;
  /** What is run instead of the service as it ships, where something is planted into its modules. */
  program?: string;
  /** Its own wires to Redis and to Postgres. */
  wires: { redis: TcpProxy[]; postgres: TcpProxy[] };
}

/** A file by which the runner and a node's processes speak: `orders` and `clock` there, `steps` back. */
export const nodeFile = ({ scratch, name }: Pick<NodePlan, 'scratch' | 'name'>, what: string) =>
  join(scratch, `node-${name}.${what}`);

/**
 * Starts the `generation`-th process of a node and writes its log into the journal when it has ended.
 *
 * @throws when it is not ready within 30 s or refuses to start, for instance because a store is away.
 */
export async function startProcess(plan: NodePlan, generation: number, journal: Journal): Promise<Service> {
  const { name, port, scratch, configYaml, program } = plan;
  const steps = nodeFile(plan, `steps-${String(generation)}`);
  const orders = nodeFile(plan, 'orders');
  const log: ProcessLog = {
    ...{ name: generation === 1 ? name : `${name}#${String(generation)}`, startedAtMs: journal.now() },
    ...{ endedAtMs: null, ending: null, output: '', steps: {} },
  };
  journal.processes.push(log);
  await Promise.all([writeFile(steps, ''), writeFile(orders, '')]);
  const end = async (output: string, ending: string) => {
    Object.assign(log, { endedAtMs: journal.now(), ending, output, steps: counted(await readFile(steps, 'utf8')) });
  };
  try {
    const env = { ...plan.env, CHAOS_STEPS: steps, CHAOS_ORDERS: orders };
    const service = await launchService(scratch, { port, configYaml, env, ...(program !== undefined && { program }) });
    void service.ended.then((ending) => end(service.logs.join('\n'), told(ending)));
    return service;
  } catch (error) {
    await end(String(error), 'did not start');
    throw error;
  }
}

const told = ({ signal, code }: Ending) => signal ?? `exit ${String(code)}`;

function counted(lines: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of lines.split('\n').filter((line) => line !== '')) counts[step] = (counts[step] ?? 0) + 1;
  return counts;
}
