/**
 * Threat: the addresses for reports take bodies from anybody, and some are read before anything proves them genuine. One body that
 * is dear to read keeps the process from everybody else (CWE-407, CWE-1333, OWASP API4:2023).
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { infobip } from '../../src/delivery/adapters/providers/infobip/infobip.js';
import { lox24 } from '../../src/delivery/adapters/providers/http/profiles/lox24.js';
import { smtp } from '../../src/delivery/adapters/providers/smtp/smtp.js';
import type { ProviderKind } from '../../src/delivery/application/provider-type.js';
import type { Channel } from '../../src/shared/channel.js';
import { ProviderCatalog } from '../../src/delivery/application/provider-catalog.js';
import { startDelivery } from '../support/delivery-app.js';
import { call } from '../support/http-client.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

let opened: TestDatabase;
let app: NestFastifyApplication;
let base: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  const nobody = 'http://127.0.0.1:1';
  const catalog = new ProviderCatalog([lox24, infobip, smtp], {
    providers: {
      lox: entry(lox24, { channel: 'sms', from: 'Einmal', authToken: '1:key', url: nobody }),
      info: entry(infobip, { channel: 'sms', from: 'Einmal', apiKey: 'key', url: nobody }),
      mail: entry(smtp, { channel: 'email', host: '127.0.0.1', port: 1, from: 'otp@example.org' }),
    },
    routes: { sms: ['lox', 'info'], email: ['mail'] },
  });
  ({ app, url: base } = await startDelivery(opened.database, catalog));
});
afterAll(async () => {
  await app.close();
  await opened.close();
});

const entry = (kind: ProviderKind, options: { channel: Channel; [option: string]: unknown }) => ({
  ...(kind.schema.parse({ type: kind.type, ...options }) as object),
  ...{ type: kind.type, channel: options.channel },
});

const KIB = 1_024;
const send = (provider: string, body: string) => call('POST', `${base}/v1/reports/${provider}`, { body });
const filled = (start: string, again: string, bytes: number) =>
  start + again.repeat(Math.floor((bytes - start.length) / again.length));

describe('R31 a report from anybody', () => {
  it.each([
    ['{', '\\"'],
    ['{', '"'],
    ['{"a":"', '\\"'],
    ['[', '['],
    ['[', '1e1,'],
    ['<r>', '<a>'],
    ['<r ', 'a="b" '],
  ])('that is %s%s… for as long as it may be is refused like any other', async (start, again) => {
    expect(await send('lox', filled(start, again, 16 * KIB))).toMatchObject({ status: 403 });
  });

  it.each([
    ['lox', 16],
    ['info', 64],
    ['mail', 1_024],
  ])('to %s has %d KiB at most', async (provider, most) => {
    expect(await send(provider, filled('', 'x', most * KIB))).toMatchObject({ status: 403 });
    expect(await send(provider, filled('', 'x', most * KIB + 1))).toMatchObject({ status: 413 });
  });
});
