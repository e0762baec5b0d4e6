import { randomBytes } from 'node:crypto';
import { AuditLog } from '../../src/audit/audit-log.js';
import { readEnv } from '../../src/env.js';
import { EventBodies } from '../../src/events/event-bodies.js';
import { ToldVerifications } from '../../src/events/told-verification.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { Runtime } from '../../src/platform/runtime.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { SystemRandom } from '../../src/platform/system-random.js';
import { GuardedReceivers } from '../../src/webhooks/adapters/guarded-receivers.js';
import { MessageWorker } from '../../src/webhooks/adapters/message-worker.js';
import { NetworkRules } from '../../src/webhooks/adapters/network-rules.js';
import { PostgresDueMessages } from '../../src/webhooks/adapters/postgres-due-messages.js';
import { resolveName } from '../../src/webhooks/adapters/resolve-name.js';
import { StandardSignatures } from '../../src/webhooks/adapters/standard-signatures.js';
import { TellEndpoint } from '../../src/webhooks/application/tell-endpoint.js';

/** Nobody is known: events tell what they were recorded with. */
class NobodyKnown extends ToldVerifications {
  of = () => Promise.resolve(new Map<string, never>());
}

export const keyring = new Keyring([{ kid: 'now', key: randomBytes(32) }]);
export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** The sending side on one pool, as one process has it, with loopback as the operator's own network. */
export class WebhookBench {
  readonly messages: PostgresDueMessages;
  readonly tellEndpoint: TellEndpoint;
  readonly worker: MessageWorker;
  /** Lines of the log about endpoints. */
  readonly logged: Record<string, unknown>[] = [];
  private readonly receivers: GuardedReceivers;

  /** @param tryMs all the time that a receiver has. */
  constructor(database: Database, { tryMs = 15_000 }: { tryMs?: number } = {}) {
    const { env } = readEnv({});
    if (!env) throw new Error('no environment');
    const clock = new SystemClock();
    const rules = new NetworkRules([{ network: '127.0.0.0/8', plain: true }]);
    this.messages = new PostgresDueMessages(
      database,
      new EventBodies(new NobodyKnown()),
      new AuditLog(database),
      clock,
      Log.to('warn', { write: (line) => this.logged.push(JSON.parse(line) as Record<string, unknown>) }),
    );
    this.receivers = new GuardedReceivers({ rules, resolve: resolveName }, tryMs);
    const signatures = new StandardSignatures(keyring);
    this.tellEndpoint = new TellEndpoint(this.messages, signatures, this.receivers, clock, new SystemRandom());
    this.worker = new MessageWorker(this.messages, this.tellEndpoint, Log.to('silent'), new Runtime(env));
  }

  /** Tells whatever is due now, and what becomes due by it. @returns how many tries it took. */
  async tellAll(): Promise<number> {
    for (let tries = 0; ;) {
      const due = await this.messages.claim(64, []);
      if (due.length === 0) return tries;
      await Promise.all(due.map((message) => this.tellEndpoint.execute(message)));
      tries += due.length;
    }
  }

  async close(): Promise<void> {
    await this.worker.stop();
    await this.receivers.onApplicationShutdown();
  }
}
