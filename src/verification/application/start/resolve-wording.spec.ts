import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../shared/channel.js';
import type { TenantSettings } from '../ports.js';
import { resolveWording } from './resolve-wording.js';
import type { StartRequest } from './start-request.js';

const payment = { locale: 'de', sms: { de: '{amount} an {payee}: {code}' } };
const account = { sms: { de: '{code}: {purpose}' }, purposes: { de: { login: 'Anmeldung' } } };
const settings = {
  ...{ senderName: 'Shop', locale: 'de' },
  templates: { account, payment, long: { ...payment, maxSegments: 2 }, plain: { sms: { de: '{code}' } } },
} as unknown as TenantSettings;

const resolve = (more: Omit<StartRequest, 'to'>, channels: Channel[] = ['sms']) =>
  resolveWording({ to: {}, ...more }, channels, settings);
const binding = (payee: string, amount = '12.50 EUR') => ({ binding: { amount, payee } });
const code = (value: string) => expect.objectContaining({ code: value }) as Error;

describe('what the messages of a start will say', () => {
  it('is in the locale that was asked for, else in the application’s', () => {
    expect(resolve({}).locale).toBe('de');
    expect(resolve({ locale: 'fr' }).locale).toBe('fr');
  });

  it('is of a template that there is', () => {
    expect(resolve({ template: 'plain' }).template).toBe('plain');
    expect(() => resolve({ template: 'other' })).toThrow(
      expect.objectContaining({
        code: 'unknown-template',
        detail: 'There is no template other; there are default, account, payment, long, plain.',
      }) as Error,
    );
  });

  it('keeps a payment only where it is told', () => {
    expect(resolve({ template: 'payment', ...binding('Bakery') })).toMatchObject(binding('Bakery'));
    expect(resolve({ template: 'plain', ...binding('Bakery') })).not.toHaveProperty('binding');
  });

  it('is refused where the payment is missing, or would not be told over each channel', () => {
    expect(() => resolve({ template: 'payment' })).toThrow(code('template-needs-binding'));
    expect(() => resolve({ template: 'payment', ...binding('Bakery') }, ['sms', 'email'])).toThrow(
      code('template-lacks-channel'),
    );
    expect(resolve({ template: 'payment', ...binding('Bakery') }, ['sms', 'voice'])).toBeDefined();
  });

  it('R62 is refused where the template has no words for what the start is for', () => {
    expect(resolve({ template: 'account', purpose: 'login' }).purpose).toBe('login');
    for (const purpose of [undefined, 'transfer', 'toString'])
      expect(() => resolve({ template: 'account', purpose })).toThrow(
        expect.objectContaining({ code: 'template-needs-purpose', extras: { purposes: ['login'] } }) as Error,
      );
    expect(resolve({ template: 'plain', purpose: 'transfer' }).purpose).toBe('transfer');
  });

  it('needs nothing of its template where nothing will be said, because only factors are asked', () => {
    for (const template of ['account', 'payment'])
      expect(resolve({ template, purpose: 'transfer' }, [])).toMatchObject({ template, purpose: 'transfer' });
    expect(() => resolve({ template: 'other' }, [])).toThrow(code('unknown-template'));
  });

  it('is refused where the payment makes the text longer than was promised', () => {
    expect(resolve({ template: 'payment', ...binding('x'.repeat(120)) })).toBeDefined();
    expect(() => resolve({ template: 'payment', ...binding('x'.repeat(140)) })).toThrow(code('text-too-long'));
    expect(resolve({ template: 'long', ...binding('x'.repeat(140)) })).toBeDefined();
    expect(resolve({ template: 'payment', ...binding('Пекарня') })).toBeDefined();
    expect(() => resolve({ template: 'payment', ...binding('Пекарня'.repeat(8)) })).toThrow(code('text-too-long'));
  });

  it.each(['evil.example', 'Visit evil.example/x', 'http://198.51.100.7', 'evil。example', 'a.b'])(
    'R62 is refused where the payee looks like a link: %s',
    (payee) => {
      expect(() => resolve({ template: 'payment', ...binding(payee) })).toThrow(code('link-in-text'));
      expect(resolve({ template: 'plain', ...binding(payee) })).toBeDefined();
    },
  );

  it.each([
    ['1.234,50 €', 'Dr. Meier & Söhne'],
    ["CHF 1'234.50", 'Shop No. 5'],
  ])('takes %s to %s', (amount, payee) => {
    expect(resolve({ template: 'payment', ...binding(payee, amount) })).toBeDefined();
  });
});
