import { setTimeout as sleep } from 'node:timers/promises';
import { codeIn } from './sms-gateway.js';
import { somebody, type Installation } from './installation.js';
import type { Answer, ApiClient } from './api-client.js';
import type { Reply } from './http-client.js';
import type { Service } from './service.js';

/** Between two questions whether a process is ready: a few of them fit into the time that a stopping process waits. */
const PROBE_MS = 500;

/** A login is a start, a check and a read. */
const REQUESTS_PER_LOGIN = 3;
const TICK_MS = 5;

export interface LoadOptions {
  /** Offered whatever comes of them: who is slow to answer gets no fewer. */
  requestsPerSecond: number;
  /** Whose key is used, asked before each request. */
  client?: () => ApiClient;
}

/** People who log in at a steady rate, through a balancer over several processes. */
export class Load {
  readonly phones: string[] = [];
  /** Everything that did not go as it does on a quiet day. */
  readonly failures: string[] = [];
  private readonly logins: Promise<void>[] = [];
  private readonly tookMs: number[] = [];
  private readonly begunAt = performance.now();
  private tookSeconds = 0;
  /** Requests refused because there was too much to do, and asked again. */
  private shed = 0;
  private running = true;
  private requests = 0;
  /** What the last probe found. */
  private ready: Service[] = [];

  constructor(
    private readonly shop: Installation,
    private readonly services: () => Service[],
    private readonly options: LoadOptions,
  ) {
    void this.run();
    void this.probe();
  }

  /** Lets those who have begun finish. */
  async stop(): Promise<void> {
    this.running = false;
    this.tookSeconds = (performance.now() - this.begunAt) / 1_000;
    await Promise.all(this.logins);
  }

  /** For people: what was offered and what came of it. */
  get figures(): string {
    const { failures, shed, tookSeconds, tookMs } = this;
    const sorted = tookMs.toSorted((a, b) => a - b);
    const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)} ms`;
    const rate = ((this.logins.length * REQUESTS_PER_LOGIN) / tookSeconds).toFixed(0);
    const answers = `${String(sorted.length)} answers in ${tookSeconds.toFixed(0)} s (${rate}/s offered)`;
    return `${answers}: p50 ${at(0.5)}, p99 ${at(0.99)}, asked again ${String(shed)}, failed ${String(failures.length)}`;
  }

  private async probe(): Promise<void> {
    while (this.running) {
      const asked = this.services();
      const statuses = await Promise.all(asked.map((service) => service.call('GET', '/readyz').catch(() => null)));
      this.ready = asked.filter((_, place) => statuses[place]?.status === 200);
      await sleep(PROBE_MS);
    }
  }

  private async run(): Promise<void> {
    while (this.running) {
      const passedSeconds = (performance.now() - this.begunAt) / 1_000;
      const wanted = (passedSeconds * this.options.requestsPerSecond) / REQUESTS_PER_LOGIN;
      while (this.logins.length < wanted)
        this.logins.push(this.login().catch((error: unknown) => void this.failures.push(String(error))));
      await sleep(TICK_MS);
    }
  }

  private async login(): Promise<void> {
    const { gateway } = this.shop;
    const { phone } = somebody();
    this.phones.push(phone);
    const { id } = await this.expect(202, (at) => this.client.start(at, { phone }));
    while (gateway.to(phone).length === 0) await sleep(20);
    const code = codeIn(gateway.to(phone)[0]?.text ?? '');
    await this.expect(200, (at) => this.client.check(at, id, code));
    await this.expect(200, (at) => this.client.read(at, id));
  }

  private get client(): ApiClient {
    return this.options.client?.() ?? this.shop.client;
  }

  /** Takes the processes in turn, and the next one only when there is nobody to take the request at all. */
  private async expect(status: number, call: (at: Service) => Promise<Reply<Answer>>): Promise<Answer> {
    for (;;) {
      const service = this.ready[(this.requests += 1) % this.ready.length];
      const askedAt = performance.now();
      const reply = service && (await call(service).catch(unlessRefused));
      if (reply) this.tookMs.push(performance.now() - askedAt);
      if (reply?.status === status) return reply.body;
      // Too little machine for too much load is no fault of a restart; the client does what it is told, and asks again.
      if (reply && reply.body.code !== 'overloaded')
        throw new Error(`${String(reply.status)} ${JSON.stringify(reply.body)}`);
      if (reply) this.shed += 1;
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
