import { createEinmal, type Einmal } from 'einmal/client';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { Users, type User } from '../../examples/login/users/users.js';
import { createApp } from '../../examples/login/app.js';
import type { InboxMessage } from '../../src/sandbox/inbox.js';
import { openBrowser } from './browser.js';
import { openDeployment, type Deployment } from './deployment.js';
import { eventually } from './eventually.js';
import { Login, newPhone } from './login.js';
import { freePort } from './servers/free-port.js';
import { Visitor } from './visitor.js';

/** What everybody's is. Whoever tests the site does not test scrypt. */
export const PASSWORD = 'correct horse';
const CHEAP = { n: 2 ** 10, r: 8, p: 1 };

/** examples/login beside a real service, with a browser to visit it. */
export class ExampleLogin {
  /** Whether the site's calls reach the service. */
  isCutOff = false;
  readonly einmal: Einmal;
  private visitors = 0;
  private server: Server | undefined;

  private constructor(
    readonly url: string,
    readonly deployment: Deployment,
    private readonly users: Users,
    readonly browser: Browser,
    key: string,
  ) {
    const reach: typeof fetch = (...call) =>
      this.isCutOff ? Promise.reject(new TypeError('cut off')) : fetch(...call);
    this.einmal = createEinmal({ baseUrl: deployment.service().url, apiKey: key, fetch: reach });
  }

  static async start(): Promise<ExampleLogin> {
    const parts = await Promise.all([openDeployment({ processes: 1 }), Users.create(CHEAP), openBrowser()]);
    const port = await freePort();
    const key = await keyToVerify(parts[0]);
    const example = new ExampleLogin(`http://localhost:${String(port)}`, ...parts, key);
    await example.listen(port);
    return example;
  }

  private async listen(port: number): Promise<void> {
    const { einmal, users } = this;
    const site = new URL(this.url);
    this.server = createApp({ einmal, users, site, demo: null, trustedProxies: ['loopback'] }).listen(
      port,
      'localhost',
    );
    await once(this.server, 'listening');
  }

  /** Somebody with an account. @param ending of the number: chooses what the sandbox does with messages to it. */
  async person(ending?: string): Promise<User> {
    const phone = newPhone(ending);
    const user = { id: `user${phone}`, name: `ada${phone}`, phone, email: `ada${phone.slice(1)}@example.org` };
    await this.users.add(user, PASSWORD);
    return user;
  }

  /** A browser of its own, at an address of its own: limits count by it. */
  async visit(how: BrowserContextOptions = {}): Promise<Visitor> {
    this.visitors += 1;
    const from = { 'X-Forwarded-For': `203.0.113.${String(this.visitors)}` };
    const context = await this.browser.newContext({ baseURL: this.url, extraHTTPHeaders: from, ...how });
    return Visitor.in(context);
  }

  /** The messages that reached a person over any channel, once there are `count`. */
  messages({ phone, email }: User, count: number): Promise<InboxMessage[]> {
    return eventually(async () => {
      const path = '/sandbox/messages';
      const { body } = await this.deployment.service().call<{ messages: InboxMessage[] }>('GET', path);
      const theirs = body.messages.filter(({ to }) => to === phone || to === email);
      if (theirs.length < count) throw new Error(`${phone}: ${String(theirs.length)} of ${String(count)} messages`);
      return theirs;
    });
  }

  /** The code of a person's `n`-th message. */
  async code(user: User, n = 1): Promise<string> {
    const messages = await this.messages(user, n);
    return /\b\d{6}\b/.exec(messages[n - 1]?.text ?? '')?.[0] ?? '';
  }

  /** The verification that a person's last message is of, for test/support/time-passes.ts. */
  async login(user: User): Promise<Login> {
    const id = (await this.messages(user, 1)).at(-1)?.verificationId ?? '';
    return new Login(this.deployment, id, { status: 202, headers: new Headers(), body: {} });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server?.close();
    await this.deployment.close();
  }
}

/** As a shop should have it: a key with more scopes would need no proof to change somebody's factors. */
async function keyToVerify(deployment: Deployment): Promise<string> {
  const path = `/v1/admin/applications/${deployment.tenant.applicationId}/keys`;
  const how = { key: await deployment.createOperatorKey(), body: { scopes: ['verify'] } };
  return (await deployment.service().call<{ secret: string }>('POST', path, how)).body.secret;
}
