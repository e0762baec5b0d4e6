import type { Call, SentReport, TakenMessage, ToldEvent } from './history/conversations.js';
import type { Dumps, ProcessLog } from './history/dumps.js';
import type { Fault } from './history/faults.js';

/**
 * Everything that a run wrote down from outside, and nothing that the service says of itself beyond its stores and its log.
 * Every `…AtMs` is milliseconds since the run began, on one monotonic clock of the runner's own, which no fault touches.
 */
export interface History {
  seed: number;
  /** Unix epoch in milliseconds when the run's clock stood at 0; Postgres's `timestamptz` minus this is on that clock. */
  epochMs: number;
  settings: Settings;
  applications: Application[];
  calls: Call[];
  messages: TakenMessage[];
  reports: SentReport[];
  /** What the applications' receivers of webhooks were told, in the order in which it came. */
  told: ToldEvent[];
  faults: Fault[];
  /** When traffic ended, every fault was over and time was moved on for what still waited. Later ends were forced. */
  drainedFromMs: number;
  /** False when something was still due when the run's patience ended: the checkers see what. */
  drained: boolean;
  dumps: Dumps;
  /** One for every process that ever ran: services that were killed, those after them, and the stores. */
  processes: ProcessLog[];
}

/** The policy of every application of the run, as its configuration says. */
export interface Settings {
  codeLength: number;
  ttlSeconds: number;
  maxAttempts: number;
  maxSends: number;
  reportTimeoutSeconds: number;
}

export interface Application {
  id: string;
  name: string;
}
