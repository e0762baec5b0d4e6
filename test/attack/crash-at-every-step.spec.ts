/**
 * A process dies by kill -9 at each labelled step of a login, in the worst moment on purpose. The hole this looks for: a 202
 * whose message nobody ever sends, a message sent twice, a code that can be used twice, a row nobody touches again.
 *
 * Leases (15 s) and report timeouts (60 s) are not waited for; `WorldClock` makes the rows due.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Step } from '../../src/shared/steps.js';
import { eventually } from '../support/eventually.js';
import { Holder, type FactorAnswer, type Post } from '../support/factor-login.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

interface Crash {
  /** What the person's login does, after the code is on its way, until the process dies. */
  then?: 'report failed' | 'check' | 'check with a key' | 'cancel';
  /** How the person gets a code that works. `resend`: they ask for it; `app`: an authenticator shows it. */
  by: 'sms' | 'resend' | 'email' | 'app' | 'nothing';
  /** Messages that reached the person in the end. */
  sms: number;
  mails: number;
}

/** What happens to the check of a factor in one call, or at the last attempt: factor-checks-race.spec.ts; to telling about it: webhook-crash.spec.ts. */
type LoginStep = Exclude<Step, `webhook:${string}`>;

/** A step that is not in this table does not compile. */
const CRASHES = {
  'start:limits-taken': { by: 'sms', sms: 1, mails: 0 },
  'start:state-opened': { by: 'sms', sms: 1, mails: 0 },
  'start:committed': { by: 'sms', sms: 1, mails: 0 },
  'dispatch:claimed': { by: 'sms', sms: 1, mails: 0 },
  // From here until the gateway has answered nobody can know whether it has the message: it is never sent again by itself.
  'dispatch:submitting': { by: 'email', sms: 0, mails: 1 },
  'dispatch:code-hashed': { by: 'resend', sms: 1, mails: 0 },
  'dispatch:code-stored': { by: 'email', sms: 0, mails: 1 },
  'dispatch:provider-answered': { by: 'sms', sms: 1, mails: 0 },
  'dispatch:recorded': { by: 'sms', sms: 1, mails: 0 },
  'report:stored': { then: 'report failed', by: 'email', sms: 1, mails: 1 },
  'fallback:advanced': { then: 'report failed', by: 'email', sms: 1, mails: 1 },
  'check:reserved': { then: 'check', by: 'sms', sms: 1, mails: 0 },
  'check:hashed': { then: 'check', by: 'sms', sms: 1, mails: 0 },
  'check:code-taken': { then: 'check', by: 'app', sms: 1, mails: 0 },
  'check:approved': { then: 'check with a key', by: 'sms', sms: 1, mails: 0 },
  'check:settled': { then: 'check with a key', by: 'app', sms: 1, mails: 0 },
  'cancel:committed': { then: 'cancel', by: 'nothing', sms: 1, mails: 0 },
} satisfies Record<LoginStep, Crash>;

let shop: Installation;
/** The second process of the installation, which carries on. */
let survivor: Service;

beforeAll(async () => {
  shop = await openInstallation();
  survivor = await shop.start();
});
afterAll(() => shop.close());

const onSurvivor: Post = (path, body) => survivor.call<FactorAnswer>('POST', path, { key: shop.key, body });

/** What another login is told that tries the code of an app which one login has taken in. */
const USED = { code: 'wrong-code', reason: 'already-used' };

const soon = { timeout: 15_000, interval: 50 };

test.each(Object.entries<Crash>(CRASHES) as [LoginStep, Crash][])(
  'I5 I9 R94 killed at %s: nothing is lost, nothing is stuck, nothing happens twice',
  async (step, { then, by, sms, mails }) => {
    const { client, clock, gateway } = shop;
    const { phone, email } = somebody();
    const holder = by === 'app' ? await Holder.of(onSurvivor) : null;
    const ways = holder
      ? { subject: holder.subject, channels: ['sms', 'email', 'totp'] }
      : { channels: ['sms', 'email'] };
    const start = (at: Service) => client.start(at, { phone, email }, ways, startKey);
    const startKey = randomUUID();
    const checkKey = then === 'check with a key' ? randomUUID() : undefined;
    // Of the next time step, which is taken already: good for a minute, however long the crash takes.
    const shown = holder?.code(1);
    const byApp = holder ? { channel: 'totp', subject: holder.subject } : {};
    const check = (at: Service, id: string, text: string, key?: string) =>
      client.check(at, id, shown ?? codeIn(text), key, byApp);

    // The login is under way on a process that does not survive it; meanwhile nobody may help.
    const crasher = await shop.start({ crashAt: step });
    survivor.freeze();
    const begun = await start(crasher).catch(() => null);
    if (then !== undefined) {
      const id = begun?.body.id ?? '';
      await eventually(() => {
        expect(gateway.to(phone)).toHaveLength(1);
      });
      const [message] = gateway.to(phone);
      if (!message) throw new Error('no message');
      if (then === 'report failed') await gateway.report(message, 'failed', crasher).catch(() => null);
      else if (then === 'cancel') await expect(client.cancel(crasher, id)).rejects.toThrow();
      else await expect(check(crasher, id, message.text, checkKey)).rejects.toThrow();
    }
    expect(await crasher.ended).toEqual({ code: null, signal: 'SIGKILL' });

    // What was not answered is asked again, on the process that is left.
    survivor.thaw();
    await survivor.untilReady();
    await clock.leasesPass();
    if (begun === null) await clock.cooldownsPass();
    const { status, body } = begun ?? (await start(survivor));
    expect(status).toBe(202);
    const { id } = body;
    await expect(verificationsOf(startKey)).resolves.toEqual([id]);

    if (by === 'email' || by === 'resend') await isLetBe(id);
    if (by === 'email') await clock.reportTimeoutsPass();
    if (by === 'resend') {
      await clock.cooldownsPass();
      expect(await client.resend(survivor, id)).toMatchObject({ status: 202 });
    }
    await eventually(() => {
      expect([gateway.to(phone).length, shop.mailsTo(email).length]).toEqual([sms, mails]);
    });

    if (holder) expect(await holder.check(await holder.start(), shown ?? '')).toMatchObject({ body: USED });
    const text = (by === 'email' ? shop.mailsTo(email)[0] : gateway.to(phone).at(-1)?.text) ?? '';
    if (by === 'nothing') {
      expect(await client.check(survivor, id, codeIn(text))).toMatchObject({ status: 410, body: { code: 'canceled' } });
      expect(await client.cancel(survivor, id)).toMatchObject({ status: 200, body: { status: 'canceled' } });
    } else {
      // A guess whose process died blocks its own idempotency key for 5 s, then the retry is answered.
      const approved = await vi.waitUntil(async () => {
        const answer = await check(survivor, id, text, checkKey);
        return answer.status === 409 ? null : answer;
      }, soon);
      expect(approved).toMatchObject({ status: 200, body: { status: 'approved' } });
      expect(await check(survivor, id, text)).toMatchObject({
        ...{ status: 410, body: { code: 'already-approved' } },
      });
    }

    // Whatever was still to come has come: no further message, no second end, nothing left to do.
    await clock.leasesPass();
    await eventually(async () => {
      await clock.reportTimeoutsPass();
      expect(await unfinished(id)).toEqual([]);
    });
    expect([gateway.to(phone).length, shop.mailsTo(email).length]).toEqual([sms, mails]);
    await expect(endsOf(id)).resolves.toEqual([by === 'nothing' ? 'verification.canceled' : 'verification.approved']);
  },
);

async function verificationsOf(idempotencyKey: string): Promise<string[]> {
  const sql = 'SELECT id FROM verifications WHERE idempotency_key = $1';
  return (await shop.clock.rows<{ id: string }>(sql, [idempotencyKey])).map(({ id }) => id);
}

/** The delivery that was in somebody's hands has been found, and is not sent again. */
async function isLetBe(id: string): Promise<void> {
  await eventually(async () => {
    const [first] = (await shop.client.read(survivor, id)).body.deliveries;
    expect(['sent', 'unconfirmed', 'failed']).toContain(first?.status);
  });
}

/** Deliveries somebody still has to do something about. */
const unfinished = (id: string) =>
  shop.clock.rows('SELECT id, status FROM deliveries WHERE message_id = $1 AND due_at IS NOT NULL', [id]);

async function endsOf(id: string): Promise<string[]> {
  const sql = `SELECT type FROM events WHERE verification_id = $1 AND type <> 'verification.started'`;
  return (await shop.clock.rows<{ type: string }>(sql, [id])).map(({ type }) => type);
}
