import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Env } from '../../src/env.js';
import { ProblemFilter } from '../../src/platform/http/problem-filter.js';
import { StrictValidationPipe } from '../../src/platform/http/strict-validation.pipe.js';
import { Log } from '../../src/platform/log/log.js';
import { Runtime } from '../../src/platform/runtime.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { Inbox } from '../../src/sandbox/inbox.js';
import { TryIt } from '../../src/sandbox/ports.js';
import { SandboxModule } from '../../src/sandbox/sandbox.module.js';
import { TryItModule } from '../../src/sandbox/try-it.module.js';
import { Clock } from '../../src/shared/clock.js';
import { notFound } from '../../src/shared/refusals.js';

let calls: unknown[][];

/** Remembers how it was called; knows one verification. */
class RecordedTryIt extends TryIt {
  start(to: { phone?: string; email?: string }) {
    calls.push(['start', to]);
    return Promise.resolve({ id: 'ver_1', status: 'pending' });
  }
  check(id: string, code: string) {
    calls.push(['check', id, code]);
    return Promise.resolve({ status: 'approved' });
  }
  resend(id: string, channel?: string) {
    calls.push(['resend', id, channel]);
    return Promise.resolve({ id, status: 'pending' });
  }
  read(id: string) {
    return id === 'ver_1' ? Promise.resolve({ id, status: 'pending' }) : Promise.reject(notFound('verification'));
  }
}

/** The platform's singletons, which every module gets. */
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: Log, useValue: Log.to('silent') },
    { provide: Runtime, useValue: new Runtime({ publicUrl: 'https://einmal.example', port: 0 } as Env) },
  ],
  exports: [Clock, Log, Runtime],
})
class PlatformStandIn {}

describe('sandbox over HTTP', () => {
  let app: NestFastifyApplication;
  const http = () => request(app.getHttpServer());

  beforeAll(async () => {
    const testing = await Test.createTestingModule({
      imports: [
        { module: PlatformStandIn, global: true },
        SandboxModule,
        TryItModule.over([PlatformStandIn], RecordedTryIt),
      ],
      providers: [
        { provide: APP_PIPE, useClass: StrictValidationPipe },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(Log.to('silent')) },
      ],
    }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    calls = [];
  });

  it.each([
    ['/', 'text/html', '<h1'],
    ['/sandbox/page.css', 'text/css', ':root'],
    ['/sandbox/page.js', 'text/javascript', 'fetch('],
  ])('serves %s under a policy that loads nothing from elsewhere', async (path, type, part) => {
    const page = await http().get(path).expect(200);
    expect(page.headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.text).toContain(part);
    expect(page.text).not.toMatch(/(src|href|url)[=(]["']?https?:/);
  });

  it('lists the inbox, and a + in the query may stand as it is', async () => {
    const message = {
      id: 'att_1',
      verificationId: 'ver_1',
      channel: 'sms' as const,
      to: '+4915031200002',
      text: '012345 is your code.',
      outcome: 'failed',
      at: '2026-01-01T00:00:00.000Z',
    };
    app.get(Inbox).add(message);
    const list = async (query: string) => (await http().get(`/sandbox/messages${query}`).expect(200)).body as unknown;
    const all = { messages: [message] };
    const none = { messages: [] };
    expect(await list('')).toEqual(all);
    expect(await list('?to=+4915031200002')).toEqual(all);
    expect(await list('?to=%2B4915031200002&verificationId=ver_1')).toEqual(all);
    expect(await list('?verificationId=ver_2')).toEqual(none);
    expect(await list('?after=att_1')).toEqual(none);
  });

  it('R64 refuses a filter it does not know', async () => {
    await http().get('/sandbox/messages?limit=1').expect(400);
  });

  it('answers the calls of a login as the API would', async () => {
    await http().post('/sandbox/try').send({ phone: '+4915031200002' }).expect(202);
    await http().post('/sandbox/try/ver_1/checks').send({ code: '012345' }).expect(200, { status: 'approved' });
    await http().post('/sandbox/try/ver_1/resend').send({ channel: 'voice' }).expect(202);
    await http().post('/sandbox/try/ver_1/resend').send({}).expect(202);
    await http().get('/sandbox/try/ver_1').expect(200, { id: 'ver_1', status: 'pending' });
    await http().get('/sandbox/try/ver_2').expect(404);
    expect(calls).toEqual([
      ['start', { phone: '+4915031200002' }],
      ['check', 'ver_1', '012345'],
      ['resend', 'ver_1', 'voice'],
      ['resend', 'ver_1', undefined],
    ]);
  });

  it.each([
    ['/sandbox/try', {}],
    ['/sandbox/try', { phone: ['+4915031200002'] }],
    ['/sandbox/try', { phone: '+4915031200002', ttlSeconds: 600 }],
    ['/sandbox/try/ver_1/checks', { code: 12345 }],
    ['/sandbox/try/ver_1/resend', { channel: 'fax' }],
  ])('R54 refuses %s with %j', async (path, body) => {
    await http().post(path).send(body).expect(400);
    expect(calls).toEqual([]);
  });

  it.each([
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['a name pointed at this machine', { Host: 'evil.example' }],
  ])('does nothing for %s', async (_, headers) => {
    const refused = await http().post('/sandbox/try').set(headers).send({ phone: '+4915031200002' }).expect(403);
    expect(refused.body).toMatchObject({ code: 'forbidden' });
    await http().get('/sandbox/messages').set(headers).expect(403);
    expect(calls).toEqual([]);
  });
});
