import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, To } from './api-client.js';
import { brokenChecks } from './broken-clients.js';
import type { Canaries } from './canaries.js';
import { insist } from './insist.js';
import { somebody, type Installation } from './installation.js';
import { wrong } from './login.js';
import type { Service } from './service.js';
import { accepts, codeIn, echoes, hangsUp, type Behaviour } from './sms-gateway.js';

/** What happens to a login, by its number. */
interface Course {
  gateway: Behaviour;
  email?: 'none' | 'only' | 'refused';
  afterwards?: 'report failed' | 'guess' | 'cancel' | 'nothing' | 'broken client';
}

const COURSES: [Course, ...Course[]] = [
  { gateway: accepts },
  { gateway: accepts, email: 'none', afterwards: 'guess' },
  { gateway: accepts, afterwards: 'report failed' },
  { gateway: accepts, afterwards: 'broken client' },
  { gateway: accepts, afterwards: 'cancel' },
  { gateway: accepts, afterwards: 'nothing' },
  { gateway: accepts, email: 'only' },
  { gateway: accepts, email: 'refused' },
  { gateway: echoes(202) },
  { gateway: echoes(400) },
  { gateway: echoes(403) },
  { gateway: echoes(500) },
  { gateway: echoes(503) },
  { gateway: hangsUp },
];

/** Logins that go every way a login can go, and note what must be found nowhere. */
export class CanaryLogins {
  private readonly courses = new Map<string, Course>();

  /** @param someService one that was running a moment ago; it may die at any time. */
  constructor(
    private readonly shop: Installation,
    private readonly client: ApiClient,
    private readonly canaries: Canaries,
    private readonly someService: () => Service,
  ) {
    shop.gateway.behaviourFor = (phone) => this.courses.get(phone)?.gateway ?? accepts;
  }

  /** @returns the status that the start was answered with. */
  async run(number: number): Promise<number> {
    const course = COURSES[number % COURSES.length] ?? COURSES[0];
    const { phone, email: mailbox } = somebody();
    // The mail server refuses it after it has read the message.
    const email = course.email === 'refused' ? `data-${mailbox}` : mailbox;
    const to = { ...(course.email !== 'only' && { phone }), ...(course.email !== 'none' && { email }) };
    this.courses.set(phone, course);
    this.canaries.add('a phone number', phone.slice(1));
    this.canaries.add('an e-mail address', email);

    const [key, more] = [randomUUID(), { codeLength: 10, channels: ['sms', 'email'] }];
    const { status, body } = await this.insist((at) => this.client.start(at, to, more, key));
    const code = status === 202 ? await this.codeFor(to) : null;
    if (code !== null && course.afterwards !== 'nothing') await this.goOn(body.id, { phone, code, course });
    return status;
  }

  private async goOn(
    id: string,
    { phone, code, course }: { phone: string; code: string; course: Course },
  ): Promise<void> {
    const { client } = this;
    const [message] = this.shop.gateway.to(phone);
    if (course.afterwards === 'report failed' && message) {
      const receipt = `id:1 stat:UNDELIV err:001 text:${message.text}`;
      await this.insist(async (at) => ({ status: await this.shop.gateway.report(message, 'failed', at, receipt) }));
    }
    if (course.afterwards === 'broken client')
      for (const { method, path, ...options } of brokenChecks(id, code))
        await this.insist((at) => client.ask(at, method, path, options));
    if (course.afterwards === 'cancel') await this.insist((at) => client.cancel(at, id));
    if (course.afterwards === 'guess')
      for (const n of [1, 2]) {
        this.canaries.add('a guess', wrong(code, n));
        await this.insist((at) => client.check(at, id, wrong(code, n)));
      }
    const key = randomUUID();
    const { body } = await this.insist((at) => client.check(at, id, code, key));
    if (body.token !== undefined) this.canaries.add('a token', body.token);
    await this.insist((at) => client.read(at, id));
  }

  /** The first code of any channel; null when none comes soon. */
  private async codeFor({ phone = '', email = '' }: To): Promise<string | null> {
    const deadline = Date.now() + 5_000;
    while (Date.now() < deadline) {
      const text = this.shop.gateway.to(phone)[0]?.text ?? this.shop.mailsTo(email)[0];
      if (text !== undefined) return codeIn(text);
      await sleep(20);
    }
    return null;
  }

  private insist<Given extends { status: number }>(call: (at: Service) => Promise<Given>): Promise<Given> {
    return insist(this.someService, call);
  }
}
