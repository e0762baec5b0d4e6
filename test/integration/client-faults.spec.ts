import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClientBench, type Application } from '../support/client-bench.js';
import type { Fault } from '../support/faulty-proxy.js';
import { newPhone, wrong } from '../support/login.js';

/** The real service behind a bad network: whatever is lost on the way, it happens once. */
let bench: ClientBench;

beforeAll(async () => {
  bench = await ClientBench.open();
});
afterAll(() => bench.close());

const FAULTS: [what: string, fault: Fault][] = [
  ['lost', 'lost'],
  ['cut in the middle', 'half'],
  ['a 503 of somebody between', { status: 503, headers: { 'retry-after': '0' } }],
];

/** A verification whose code has arrived. */
async function started({ einmal }: Application, subject: string): Promise<{ id: string; code: string }> {
  const phone = newPhone();
  const start = await einmal.startVerification({ to: { phone }, subject });
  if (!start.ok) throw new Error(start.error.detail);
  return { id: start.data.id, code: await bench.codeFor(phone) };
}

// Most of their time is what a client waits before it asks again.
describe.concurrent('over a network on which answers are', () => {
  test.each(FAULTS)('R29 %s, a start is one verification and one message', async (subject, fault) => {
    const { einmal, network } = await bench.application([fault, fault]);
    const start = await einmal.startVerification({ to: { phone: newPhone() }, subject });
    expect(start).toMatchObject({ ok: true, data: { status: 'pending', attemptsLeft: 5 } });
    expect(network.requests).toHaveLength(3);
    expect(await bench.messagesOf(subject)).toBe(1);
  });

  test('R29 never given, a start is asked for again within the time that it has', async () => {
    const [{ einmal }, subject] = [await bench.application(['silent']), 'silence'];
    const start = await einmal.startVerification({ to: { phone: newPhone() }, subject }, { timeoutMs: 4_500 });
    expect(start).toMatchObject({ ok: true });
    expect(await bench.messagesOf(subject)).toBe(1);
  });

  test.each(FAULTS)('R25 %s, a wrong code spends one attempt', async (what, fault) => {
    const application = await bench.application();
    const { einmal, network } = application;
    const subject = `guess ${what}`;
    const { id, code } = await started(application, subject);
    network.meets(fault, fault);
    const check = await einmal.checkCode(id, { code: wrong(code), subject });
    expect(check).toMatchObject({ ok: false, error: { code: 'wrong-code', attemptsLeft: 4 } });
    expect(await einmal.readVerification(id)).toMatchObject({ ok: true, data: { attemptsLeft: 4 } });
  });

  test.each(FAULTS)('R25 R75 %s, an approval is one, and consumed once', async (what, fault) => {
    const application = await bench.application();
    const { einmal, network } = application;
    const subject = `login ${what}`;
    const { id, code } = await started(application, subject);
    network.meets(fault);
    const check = await einmal.checkCode(id, { code, subject });
    if (!check.ok) throw new Error(check.error.detail);
    expect(check.data).toMatchObject({ id, status: 'approved', channel: 'sms' });

    const { token } = check.data;
    network.meets(fault);
    const consumed = await einmal.consumeToken({ token, subject });
    expect(consumed).toMatchObject({ ok: true, data: { verificationId: id, subject, amr: ['otp', 'sms'] } });
    expect(await einmal.consumeToken({ token, subject })).toMatchObject({ ok: false, error: { code: 'token-used' } });
  });

  test('lost, a verification is canceled and read all the same', async () => {
    const application = await bench.application();
    const { einmal, network } = application;
    const { id } = await started(application, 'canceled');
    network.meets('lost');
    expect(await einmal.cancelVerification(id)).toMatchObject({ ok: true, data: { status: 'canceled' } });
    network.meets('lost');
    expect(await einmal.readVerification(id)).toMatchObject({ ok: true, data: { status: 'canceled' } });
  });

  test('lost, nothing is sent again by itself: whoever waits for a code would get two', async () => {
    const application = await bench.application();
    const { id } = await started(application, 'again');
    for (const fault of ['lost', { status: 503 }] as const) {
      application.network.meets(fault);
      expect((await application.einmal.resendCode(id)).ok).toBe(false);
      expect(application.network.requests).toEqual([`POST /v1/verifications/${id}/resend`]);
    }
  });
});
