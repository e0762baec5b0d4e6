import { expect, it } from 'vitest';
import type { Pdu } from './pdu.js';
import { ReceiptIntake } from './receipt-intake.js';

const pdu: Pdu = { command: 'deliver_sm', status: 0, sequence: 1, fields: {}, tlvs: new Map() };

it('stores a few at a time, leaves what is too much with the SMSC, and knows when all is stored', async () => {
  const storing: (() => void)[] = [];
  let most = 0;
  const intake = new ReceiptIntake(
    () =>
      new Promise((stored) => {
        most = Math.max(
          most,
          storing.push(() => {
            stored(0);
          }),
        );
      }),
  );
  const answers = Array.from({ length: 1_010 }, () => intake.take(pdu));
  let idle = false;
  // Each link asks for itself.
  const told = Promise.all([intake.close(60_000), intake.close(60_000).then(() => (idle = true))]);
  for (let n = 0; n < 1_008; n += 1) {
    expect(idle).toBe(false);
    storing.shift()?.();
    await answers[n];
  }
  await told;
  expect(most).toBe(8);
  const statuses = await Promise.all(answers);
  expect([statuses.filter((status) => status === 0).length, statuses.slice(-2)]).toEqual([1_008, [0x14, 0x14]]);
  await intake.close(60_000);
});

it('takes nothing more once it closes: what an SMSC keeps bringing is left with it', async () => {
  const storing: (() => void)[] = [];
  const intake = new ReceiptIntake(
    () =>
      new Promise((stored) =>
        storing.push(() => {
          stored(0);
        }),
      ),
  );
  const came = intake.take(pdu);
  const closed = intake.close(60_000);
  expect(await intake.take(pdu)).toBe(0x64);
  expect(storing).toHaveLength(1);
  storing[0]?.();
  await closed;
  expect(await came).toBe(0);
});

it('does not wait without end for what can not be stored', async () => {
  const intake = new ReceiptIntake(() => new Promise(() => undefined));
  void intake.take(pdu);
  await intake.close(1);
});
