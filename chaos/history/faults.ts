/** Every kind of fault there is; `--only` takes these names. */
export const FAULT_KINDS = [
  'kill-at-step',
  'kill',
  'freeze',
  'rolling-restart',
  'clock-jump',
  'redis-restart',
  'redis-wipe',
  'redis-failover',
  'redis-freeze',
  'postgres-restart',
  'postgres-kill',
  'cut-connections',
  'partition-redis',
  'partition-postgres',
  'carrier-hangs',
  'carrier-lies',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault as it happened. */
export interface Fault {
  number: number;
  kind: FaultKind;
  /** A node's name, `redis`, `postgres`, `primary`, … */
  target: string;
  /** The step, the offset, the signal: what else there is to say, for people. */
  detail: string;
  fromMs: number;
  /** When what was broken was whole again, as far as the runner can see: the server back, the node ready. */
  untilMs: number;
  /** When the runner took the cause away, where that is known: from then on whoever was hit may have found its way back. */
  healedMs?: number;
  /** Of Redis: a replica has been promoted meanwhile, which may not have had everything. */
  promoted?: true;
  /** It could not be put right: it lasts until the end of the run, and what it broke meanwhile is not known. */
  givenUp?: true;
}
