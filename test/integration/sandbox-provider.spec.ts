import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provider, SubmitRequest } from '../../src/delivery/application/provider.js';
import { Log } from '../../src/platform/log/log.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { Carrier } from '../../src/sandbox/carrier.js';
import { Inbox } from '../../src/sandbox/inbox.js';
import { ReportCallbacks } from '../../src/sandbox/report-callbacks.js';
import { SandboxProviderType } from '../../src/sandbox/sandbox-provider.js';
import type { Channel } from '../../src/shared/channel.js';
import { eventually } from '../support/eventually.js';

/** The sandbox as the dispatcher sees it, with a small HTTP server in place of the reports endpoint. */
describe('sandbox provider', () => {
  let receiver: Server;
  let callbacks: ReportCallbacks;
  let inbox: Inbox;
  let providers: Record<Channel, Provider>;
  let received: string[];
  let answers: number[];

  beforeEach(async () => {
    received = [];
    answers = [];
    receiver = createServer((request, response) => void receive(request, response));
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    inbox = new Inbox();
    callbacks = new ReportCallbacks(Log.to('silent'));
    const type = new SandboxProviderType(new Carrier(inbox, callbacks, new SystemClock()));
    const make = (channel: Channel) =>
      type.create(`sandbox-${channel}`, type.schema.parse({ type: 'sandbox', channel }));
    providers = { sms: make('sms'), voice: make('voice'), email: make('email') };
  });

  afterEach(async () => {
    await callbacks.onModuleDestroy();
    await new Promise((resolve) => receiver.close(resolve));
  });

  /** Reads a callback as the reports endpoint would, and answers the next status of `answers`, or 200. */
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, channel, attemptId = ''] = (request.url ?? '').split('/');
    const rawBody = Buffer.concat(chunks);
    if (channel === 'call') {
      const say = () =>
        Promise.resolve({ kind: 'said', speech: ['said ', { digits: 'after the key' }], locale: 'en' } as const);
      const answer = await providers.voice.answerCall({ method: '', url: '', query: {}, headers: {}, rawBody }, say);
      response.writeHead(200).end(answer?.body);
      return;
    }
    const reports = await providers[channel as Channel].readReports({
      method: request.method ?? '',
      url: request.url ?? '',
      query: {},
      headers: {},
      rawBody,
      attemptId,
    });
    for (const { attemptId: id, status, cause } of reports ?? [])
      received.push([id, status, cause].filter(Boolean).join(' '));
    response.writeHead(answers.shift() ?? 200).end();
  }

  function requestFor(channel: Channel, to: string, attemptId = 'att_1'): SubmitRequest {
    const { port } = receiver.address() as AddressInfo;
    const reporting = { reportUrl: `http://127.0.0.1:${String(port)}/${channel}/${attemptId}/mac`, reportMac: 'mac' };
    const text = '012345 is your Demo code.';
    return { attemptId, messageId: 'ver_1', channel, to, text, locale: 'en', validForSeconds: 300, ...reporting };
  }
  const submit = (channel: Channel, to: string, attemptId?: string) =>
    providers[channel].submit(requestFor(channel, to, attemptId));
  const accepted = (attemptId = 'att_1') => ({ kind: 'accepted', providerMessageId: `sandbox-${attemptId}` });

  it.each<[Channel, string, string[]]>([
    ['sms', '+4915031200001', ['att_1 delivered']],
    ['sms', '+4915031200002', ['att_1 failed other']],
    ['sms', '+4915031200003', ['att_1 failed expired']],
    ['sms', '+4915031200006', ['att_1 delivered', 'att_1 delivered']],
    ['sms', '+4915031200007', ['att_1 delivered', 'att_1 underway']],
    ['sms', '+4915031200021', ['att_1 failed other', 'att_1 delivered']],
    ['sms', '+4915031200030', ['att_1 failed landline']],
    ['voice', '+4915031200002', ['att_1 delivered']],
    ['voice', '+4915031200051', ['att_1 failed no-answer']],
    ['voice', '+4915031200052', ['att_1 failed busy']],
    ['email', 'ada@example.org', ['att_1 delivered']],
    ['email', 'bounce@example.org', ['att_1 failed bounced']],
  ])('%s to %s reports over HTTP: %s', async (channel, to, expected) => {
    expect(await submit(channel, to)).toEqual(accepted());
    await eventually(() => {
      expect(received).toEqual(expected);
    });
  });

  it.each<[Channel, string]>([
    ['sms', '+4915031200005'],
    ['email', 'silent@example.org'],
  ])('%s to %s is taken and never reported', async (channel, to) => {
    expect(await submit(channel, to)).toEqual(accepted());
    await sleep(600);
    expect(received).toEqual([]);
    expect(inbox.list()).toHaveLength(1);
  });

  it.each([
    ['+4915031200002', ['Press 1.', 'said after the key'], []],
    ['+4915031200053', ['Press 1.'], ['att_1 failed no-answer']],
  ])('R37 a call to %s that asks for a key: %s', async (to, texts, reports) => {
    const request = { ...requestFor('voice', to), text: 'Press 1.', keyPress: true };
    const keyPressUrl = request.reportUrl.replace('/voice/', '/call/');
    await providers.voice.submit({ ...request, keyPressUrl });
    await eventually(() => {
      expect(inbox.list().map(({ text }) => text)).toEqual(texts);
      expect(received).toEqual(reports);
    });
  });

  it('reports late after six seconds', async () => {
    const began = performance.now();
    await submit('sms', '+4915031200010');
    await eventually(() => {
      expect(received).toEqual(['att_1 delivered']);
    });
    expect(performance.now() - began).toBeGreaterThan(5900);
  });

  it('refuses a rejected number at submit and keeps nothing of its message', async () => {
    expect(await submit('sms', '+4915031200009')).toMatchObject({ kind: 'refused', failure: 'rejected' });
    expect(inbox.list()).toEqual([]);
  });

  it('throttles the first submit to a number and takes the next', async () => {
    const throttled = { kind: 'refused', failure: 'throttled' };
    expect(await submit('sms', '+4915031200018', 'att_1')).toMatchObject(throttled);
    expect(await submit('sms', '+4915031300018', 'att_2')).toMatchObject(throttled);
    expect(await submit('sms', '+4915031200018', 'att_3')).toEqual(accepted('att_3'));
    await eventually(() => {
      expect(received).toEqual(['att_3 delivered']);
    });
    expect(inbox.list().map(({ id }) => id)).toEqual(['att_3']);
  });

  it('puts what it took into the inbox', async () => {
    await submit('voice', '+4915031200051');
    expect(inbox.list()).toEqual([
      {
        id: 'att_1',
        verificationId: 'ver_1',
        channel: 'voice',
        to: '+4915031200051',
        text: '012345 is your Demo code.',
        outcome: 'no-answer',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    ]);
  });

  it('repeats a report that was not answered 200', async () => {
    answers = [503];
    await submit('sms', '+4915031200001');
    await eventually(() => {
      expect(received).toEqual(['att_1 delivered', 'att_1 delivered']);
    });
  });

  it('sends nothing more once it is stopped', async () => {
    await submit('sms', '+4915031200001');
    await callbacks.onModuleDestroy();
    await sleep(400);
    expect(received).toEqual([]);
  });

  it('turns messages away when too many reports are under way', async () => {
    const flood = Array.from({ length: 10_001 }, (_, number) => requestFor('sms', '+4915031200010', String(number)));
    const outcomes = await Promise.all(flood.map((request) => providers.sms.submit(request)));
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(10_000);
    expect(outcomes.at(-1)).toMatchObject({ kind: 'refused', failure: 'throttled' });
  });

  it.each([
    ['no attempt in its path', undefined, '{"status":"delivered","detail":"x"}', null],
    ['a status nobody documented', 'att_1', '{"status":"vanished","detail":"x"}', ['unknown']],
    ['a body that is no report', 'att_1', 'status=delivered', []],
  ])('reads a callback with %s', async (_, attemptId, body, expected) => {
    const call = { method: 'POST', url: '', query: {}, headers: {}, rawBody: Buffer.from(body) };
    const reports = await providers.sms.readReports({ ...call, ...(attemptId !== undefined && { attemptId }) });
    expect(reports?.map(({ status }) => status) ?? null).toEqual(expected);
  });
});
