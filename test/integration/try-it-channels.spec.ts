import { beforeEach, expect, test } from 'vitest';
import type { Applications } from '../../src/applications/applications.js';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { EinmalConfig } from '../../src/config.js';
import type { ProviderConfig } from '../../src/config/providers.js';
import { Provider } from '../../src/delivery/application/provider.js';
import { Routes } from '../../src/delivery/application/routes.js';
import type { Channel } from '../../src/shared/channel.js';
import type { ScreenSend } from '../../src/screening/application/screen-send.js';
import { VerificationTryIt } from '../../src/try-it.js';
import type { CheckCode } from '../../src/verification/application/check/check-code.js';
import type { Tenants } from '../../src/verification/application/ports.js';
import type { ReadVerification } from '../../src/verification/application/read/read-verification.js';
import type { ResendCode } from '../../src/verification/application/send/resend-code.js';
import { FindReachableChannels } from '../../src/verification/application/start/reachable-channels.js';
import { ResolveStart } from '../../src/verification/application/start/resolve-start.js';
import type { StartRequest } from '../../src/verification/application/start/start-request.js';
import type { Started, StartVerification } from '../../src/verification/application/start/start-verification.js';
import type { SubjectFactors } from '../../src/verification/application/start/subject-factors.js';
import { VisitorsApplication } from '../../src/visitors-application.js';
import { HandSwitches } from '../support/hand-switches.js';

/** The page has no API key: whoever opens it must not be able to make an installation send real messages. */
class NamedProvider extends Provider {
  constructor(
    readonly id: string,
    readonly channel: Channel,
  ) {
    super();
  }
  submit = () => Promise.reject(new Error('nothing is sent here'));
  readReports = () => null;
}

const both = { phone: '+4915112345678', email: 'ada@example.org' };
let begun: Started[];

beforeEach(() => {
  begun = [];
});

/** The page over these providers; a start that resolves is remembered and goes no further. */
function pageOver(providers: Record<string, ProviderConfig>): VerificationTryIt {
  const config = new EinmalConfig(providers, {}, {});
  const applications = { oldest: () => Promise.resolve({ id: 'app_1' }) };
  const settings = {
    plan: ['sms', 'voice', 'email'],
    policy: {},
    locale: 'en',
    countries: EVERY_COUNTRY,
    templates: {},
  };
  const tenants = { settings: () => Promise.resolve(settings) };
  const routes = new Routes(
    Object.entries(providers).map(([id, { channel }]) => new NamedProvider(id, channel)),
    {},
    new HandSwitches(),
  );
  const screenSend = { screen: () => ({ kind: 'allowed', safe: false }) };
  const notCalled: unknown = {};
  const resolveStart = new ResolveStart(
    tenants as unknown as Tenants,
    new FindReachableChannels(routes, screenSend as unknown as ScreenSend),
    notCalled as SubjectFactors,
  );
  const startVerification = {
    execute: async (applicationId: string, request: StartRequest): Promise<Started> => {
      const { to, channels } = await resolveStart.resolve(applicationId, request);
      const now = new Date();
      const started = {
        id: 'ver_1',
        deliveryId: 'dlv_1',
        to,
        channels,
        attemptsLeft: 5,
        expiresAt: now,
        resendAt: now,
      };
      begun.push(started);
      return started;
    },
  };
  return new VerificationTryIt(
    new VisitorsApplication(applications as unknown as Applications, config),
    startVerification as unknown as StartVerification,
    notCalled as CheckCode,
    notCalled as ResendCode,
    notCalled as ReadVerification,
  );
}

const sms = { type: 'kannel', channel: 'sms' } as const;
const email = { type: 'smtp', channel: 'email' } as const;
const voice = { type: 'sandbox', channel: 'voice' } as const;

test('with a real SMS gateway and mail server the page can only be called by the sandbox', async () => {
  await pageOver({ sms, voice, email }).start(both);
  expect(begun.map(({ channels }) => channels)).toEqual([['voice']]);
});

test('a sandbox beside a real gateway does not open its channel', async () => {
  await pageOver({ 'sandbox-sms': { type: 'sandbox', channel: 'sms' }, sms, voice }).start(both);
  expect(begun.map(({ channels }) => channels)).toEqual([['voice']]);
});

test.each([
  ['without any sandbox', { sms, email }, both],
  ['without a sandbox for the address', { sms, voice }, { email: both.email }],
])('%s the page is refused with 422 no-channel, and nothing is begun', async (_, providers, to) => {
  await expect(pageOver(providers).start(to)).rejects.toMatchObject({ kind: 'refused', code: 'no-channel' });
  expect(begun).toEqual([]);
});
