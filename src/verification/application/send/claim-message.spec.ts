import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerificationRecord } from '../ledger.js';
import type { RecipientVault, SealedDetails, Tenants } from '../ports.js';
import { ClaimMessage } from './claim-message.js';

const payment = { locale: 'en', sms: { en: '{amount} to {payee}: {code}' } };
const binding = { amount: '5 €', payee: 'Bakery' };
const record = {
  ...{ id: 'ver_1', applicationId: 'app_1', status: 'pending', locale: 'en', subject: null },
  sealed: 'sealed',
} as unknown as VerificationRecord;
const delivery = { id: 'dlv_1', messageId: 'ver_1', channel: 'sms', origin: 'start' } as const;

let issue: ReturnType<typeof vi.fn>;
beforeEach(() => {
  issue = vi.fn(() => Promise.resolve({ kind: 'issued', code: '012345', validForSeconds: 290 }));
});

function claim(details: Omit<SealedDetails, 'to'>, settings: object) {
  const to = { phone: { kind: 'phone' as const, value: '+436601234567', country: 'AT' } };
  const tenant = { senderName: 'Shop', templates: {}, senders: {}, voice: { keyPress: false }, ...settings };
  const steps = { find: () => Promise.resolve(record) };
  const vault = { open: () => ({ to, ...details }) } as unknown as RecipientVault;
  const tenants = { settings: () => Promise.resolve(tenant) } as unknown as Tenants;
  const parts = [steps, vault, tenants, {}, { issue }] as unknown as ConstructorParameters<typeof ClaimMessage>;
  return new ClaimMessage(...parts).claim(delivery);
}

describe('a message whose turn has come', () => {
  it('says what its template says, from the sender of its country, for as long as its code lives', async () => {
    const senders = { sms: { default: 'Shop', AT: '72727' } };
    expect(await claim({ template: 'payment', binding }, { templates: { payment }, senders })).toEqual({
      kind: 'send',
      message: {
        ...{ to: '+436601234567', from: '72727', locale: 'en', validForSeconds: 290 },
        text: '5 € to Bakery: 012345',
      },
    });
  });

  it.each([
    ['is gone', { template: 'payment', binding }, {}],
    ['tells the payment no more', { template: 'payment', binding }, { payment: { sms: { en: '{code}' } } }],
    ['tells a payment now, and there is none', {}, { default: payment }],
    ['tells a purpose now, and has no words for it', {}, { default: { sms: { en: '{code} {purpose}' } } }],
  ])('is not sent with other words than its start promised: its template %s', async (_, details, templates) => {
    expect(await claim(details, { templates })).toEqual({
      ...{ kind: 'stop', then: 'over' },
      reason: 'its template was changed or removed meanwhile',
    });
    expect(issue).not.toHaveBeenCalled();
  });

  it('that was accepted before there were templates says the built-in words', async () => {
    expect(await claim({}, {})).toMatchObject({
      kind: 'send',
      message: { text: expect.stringMatching(/^012345 is your Shop code/) as string },
    });
  });
});
