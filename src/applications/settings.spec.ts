import { describe, expect, it } from 'vitest';
import { isGsm7, smsPlaces } from '../delivery/domain/sms-text.js';
import { DEFAULT_DETECTORS } from '../fraud/domain/detector-settings.js';
import { effectiveSettings, settingsSchema } from './settings.js';

const accepts = (settings: unknown) => settingsSchema.safeParse(settings).success;

describe('settings', () => {
  it.each([
    ['codeLength', 6, 10],
    ['ttlSeconds', 10, 600],
    ['maxAttempts', 1, 10],
    ['maxSends', 1, 5],
    ['reportTimeoutSeconds', 15, 900],
  ])('R79 keep %s between %i and %i', (name, least, most) => {
    for (const inside of [least, most]) expect(accepts({ policy: { [name]: inside } })).toBe(true);
    for (const outside of [least - 1, most + 1, -1, 0.5, String(least), null, [least], Infinity])
      expect(accepts({ policy: { [name]: outside } })).toBe(false);
  });

  it.each([
    { countries: 'all' },
    { countries: { sms: 'DE' } },
    { countries: { sms: ['de'] } },
    { countries: { sms: ['ZZ'] } },
    { countries: { sms: ['DE', 'DE'] } },
    { countries: { email: 'all' } },
    { plan: [] },
    { plan: ['sms', 'sms'] },
    { plan: ['fax'] },
    { plan: 'sms' },
    { locale: 'german' },
    { defaultCountry: 'XX' },
    { defaultCountry: 'de' },
    { senderName: 'a'.repeat(21) },
    { senderName: ' ' },
    { senderName: ' Shop' },
    { senderName: 'Bank\nSend 5 EUR' },
    { senderName: 'evil.example' },
    { senderName: 'bit.ly/x' },
    { senderName: 'die.küche' },
    { senderName: 'a.über' },
    { senderName: 'Łódź' },
    { senderName: '<b>' },
    { senderName: 'ΔΩ' },
    { testCode: '000000' },
    { policy: { testCode: '000000' } },
  ])('R62 refuse %j', (settings) => {
    expect(accepts(settings)).toBe(false);
  });

  it.each(['Süd', 'Käse', 'AT&T', "O'Neil", 'Café Ñandu', 'ÄÖÜäöüßÅåÆæØø', 'ÑñÉéèàìòùÇ'])(
    'accept the sender %s, whose letters take one place in a text message each',
    (senderName) => {
      expect(accepts({ senderName })).toBe(true);
      expect([isGsm7(senderName), smsPlaces(senderName)]).toEqual([true, senderName.length]);
    },
  );

  it.each([{}, { plan: ['email'] }, { senderName: 'St. Gallen Bank 2' }, { defaultCountry: 'DE', locale: 'de-AT' }])(
    'accept %j',
    (settings) => {
      expect(accepts(settings)).toBe(true);
    },
  );
});

describe('effectiveSettings', () => {
  it('fills every gap with built-in values', () => {
    expect(effectiveSettings('Shop', {}, {})).toEqual({
      plan: ['sms', 'voice', 'email'],
      policy: {
        ...{ codeLength: 6, ttlSeconds: 300, maxAttempts: 5, maxSends: 5, reportTimeoutSeconds: 60 },
        tryOtherProviderOnFailure: false,
      },
      countries: { sms: [], voice: [] },
      spend: null,
      fraud: DEFAULT_DETECTORS,
      senderName: 'Shop',
      applicationName: 'Shop',
      defaultCountry: undefined,
      locale: 'en',
      templates: {},
      senders: {},
      voice: { keyPress: false },
      factors: { window: 1, issuer: 'Shop' },
    });
  });

  it('puts the application before the file, and the file before what is built in', () => {
    const file = { plan: ['email' as const], policy: { codeLength: 8, maxAttempts: 3 } };
    const { plan, policy } = effectiveSettings('Shop', { policy: { codeLength: 10 } }, file);
    expect(plan).toEqual(['email']);
    expect(policy).toMatchObject({ codeLength: 10, maxAttempts: 3, ttlSeconds: 300 });
  });

  it.each([
    [90, undefined, 90],
    [{ email: 600 }, undefined, { sms: 60, voice: 60, email: 600 }],
    [{ email: 600 }, 45, { sms: 45, voice: 45, email: 600 }],
    [{ voice: 30 }, { email: 600 }, { sms: 60, voice: 30, email: 600 }],
    [90, { email: 600 }, 90],
    [undefined, { email: 600 }, { sms: 60, voice: 60, email: 600 }],
  ])('waits for reports as the application says, %j, else as the file does, %j', (own, file, effective) => {
    const policy = (reportTimeoutSeconds: typeof own) => ({ policy: { reportTimeoutSeconds } });
    expect(accepts(policy(own))).toBe(true);
    expect(effectiveSettings('Shop', policy(own), policy(file)).policy.reportTimeoutSeconds).toEqual(effective);
  });

  it('says what a wait is, where one is none', () => {
    for (const wrong of ['long', null]) {
      const { error } = settingsSchema.safeParse({ policy: { reportTimeoutSeconds: wrong } });
      expect(error?.issues.map(({ message }) => message)).toEqual([
        'is 15 to 900 seconds, or an object of them by channel like { "email": 600 }',
      ]);
    }
    for (const seconds of [14, 901])
      expect(accepts({ policy: { reportTimeoutSeconds: { email: seconds } } })).toBe(false);
  });

  it.each([
    ['Müller & Söhne', 'Müller & Söhne'],
    ['Łódź ü.de', 'odz ü de'],
    ['evil.example', 'evil example'],
    ['日本', 'Einmal'],
    ['A name that is far too long for a text', 'A name that is far t'],
  ])('R62 makes of the name %j a sender that is no link', (name, senderName) => {
    const effective = effectiveSettings(name, {}, {}).senderName;
    expect(effective).toBe(senderName);
    expect(accepts({ senderName: effective })).toBe(true);
  });

  it('asks for a key where the application says so, else where the file does', () => {
    const keyPressOf = (own?: boolean, file?: boolean) => {
      const voice = (keyPress?: boolean) => (keyPress === undefined ? {} : { voice: { keyPress } });
      return effectiveSettings('Shop', voice(own), voice(file)).voice.keyPress;
    };
    expect([keyPressOf(), keyPressOf(undefined, true), keyPressOf(false, true), keyPressOf(true)]).toEqual([
      ...[false, true, false, true],
    ]);
    expect(settingsSchema.safeParse({ voice: { keyPress: 'yes' } }).success).toBe(false);
    expect(settingsSchema.safeParse({ voice: { key: true } }).success).toBe(false);
  });
});
