import { setTimeout as sleep } from 'node:timers/promises';
import { codeIn } from './sms-gateway.js';
import { somebody, type Installation } from './installation.js';
import type { Answer } from './api-client.js';
import type { Reply } from './http-client.js';
import type { Service } from './service.js';

/** Between two questions whether a process is ready: a few of them fit into the time that a stopping process waits. */
const PROBE_MS = 500;

/** People who log in one after the other, at a steady rate, through a balancer over several processes. */
export class Load {
  readonly phones: string[] = [];
  /** Everything that did not go as it does on a quiet day. */
  readonly failures: string[] = [];
  private readonly logins: Promise<void>[] = [];
  private running = true;
  private requests = 0;
  /** What the last probe found. */
  private ready: Service[] = [];

  /** @param everyMs between two logins, each of three requests. */
  constructor(
    private readonly shop: Installation,
    private readonly services: () => Service[],
    everyMs: number,
  ) {
    void this.run(everyMs);
    void this.probe();
  }

  /** Lets those who have begun finish. */
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.logins);
  }

  private async probe(): Promise<void> {
    while (this.running) {
      const asked = this.services();
      const statuses = await Promise.all(asked.map((service) => service.call('GET', '/readyz').catch(() => null)));
      this.ready = asked.filter((_, place) => statuses[place]?.status === 200);
      await sleep(PROBE_MS);
    }
  }

  private async run(everyMs: number): Promise<void> {
    while (this.running) {
      this.logins.push(this.login().catch((error: unknown) => void this.failures.push(String(error))));
      await sleep(everyMs);
    }
  }

  private async login(): Promise<void> {
    const { client, gateway } = this.shop;
    const { phone } = somebody();
    this.phones.push(phone);
    const { id } = await this.expect(202, (at) => client.start(at, { phone }));
    while (gateway.to(phone).length === 0) await sleep(20);
    const code = codeIn(gateway.to(phone)[0]?.text ?? '');
    await this.expect(200, (at) => client.check(at, id, code));
    await this.expect(200, (at) => client.read(at, id));
  }

  /** Takes the processes in turn, and the next one only when there is nobody to take the request at all. */
  private async expect(status: number, call: (at: Service) => Promise<Reply<Answer>>): Promise<Answer> {
    for (;;) {
      const service = this.ready[(this.requests += 1) % this.ready.length];
      const reply = service && (await call(service).catch(unlessRefused));
      if (reply?.status === status) return reply.body;
      // Too little machine for too much load is no fault of a restart; the client does what it is told, and asks again.
      if (reply && reply.body.code !== 'overloaded')
        throw new Error(`${String(reply.status)} ${JSON.stringify(reply.body)}`);
      await sleep(50);
    }
  }
}

/** Null when the request never left because nobody listened; every other error is one. */
function unlessRefused(error: unknown): null {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ECONNREFUSED') return null;
  throw new Error(`no answer: ${String(code)}`);
}
