import { expect, test, vi } from 'vitest';
import type { Steps } from '../ledger.js';
import type { RecipientVault } from '../ports.js';
import { GiveBackSend } from './give-back-send.js';
import type { SendAllowance } from './send-allowance.js';

const to = { phone: { kind: 'phone', value: '+4915112345678', country: 'DE' } };
const requester = { ip: '192.0.2.7', apiKey: 'key_1' };
const delivery = { id: 'dlv_1', messageId: 'ver_1', channel: 'sms', origin: 'start' } as const;

function giveBack(record: object | null) {
  const refund = vi.fn(() => Promise.resolve());
  const steps = { find: () => Promise.resolve(record) } as unknown as Steps;
  const vault = { open: () => ({ to, requester }) } as unknown as RecipientVault;
  return { refund, giveBackSend: new GiveBackSend(steps, vault, { refund } as unknown as SendAllowance) };
}

test('a send that came to nothing is given back as it was counted: by its delivery, for whom, and who asked', async () => {
  const { refund, giveBackSend } = giveBack({ applicationId: 'app_1', subject: 'user-1', sealed: Buffer.alloc(1) });
  await giveBackSend.execute(delivery);
  await giveBackSend.execute({ ...delivery, origin: 'fallback' });

  const send = {
    applicationId: 'app_1',
    verificationId: 'ver_1',
    deliveryId: 'dlv_1',
    channel: 'sms',
    subject: 'user-1',
  };
  expect(refund.mock.calls).toEqual([
    [{ ...send, to, requester, cooldown: true }],
    [{ ...send, to, requester, cooldown: false }],
  ]);
});

test.each([null, { applicationId: 'app_1', sealed: null }])(
  'what is not known any more is not given back: %j',
  async (record) => {
    const { refund, giveBackSend } = giveBack(record);
    await giveBackSend.execute(delivery);

    expect(refund).not.toHaveBeenCalled();
  },
);
