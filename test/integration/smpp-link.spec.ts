import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Provider } from '../../src/delivery/application/provider.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import { eventually } from '../support/eventually.js';
import { silentPort } from '../support/fake-vendor.js';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { providerContext } from '../support/provider-context.js';
import { freePort } from '../support/servers/free-port.js';
import { smppProvider, smsTo } from '../support/smsc/smpp-provider.js';
import { Smsc, type SmscOptions } from '../support/smsc/smsc.js';

/** The link itself: how it is opened, kept, lost and closed, and what becomes of messages meanwhile. */
const PHONE = '+4915110000001';
const accepted = { kind: 'accepted' };
const refused = (failure: string, detail: string) => ({ kind: 'refused', failure, cause: 'provider', detail });

async function smscWith({ onTestFinished }: TestContext, options: SmscOptions = {}): Promise<Smsc> {
  const smsc = await Smsc.start(options);
  onTestFinished(() => smsc.stop());
  return smsc;
}

/** In earnest's time, where nothing else is said: only what is silent on purpose is to be given up soon. */
const patient = (over: Partial<ProviderContext> = {}) => providerContext({ limits: OUTGOING_LIMITS, ...over });
const impatient = providerContext({ limits: { connectMs: 200, totalMs: 3_000 } });

function providerAt(
  { onTestFinished }: TestContext,
  port: number,
  over: object = {},
  context: ProviderContext = patient(),
): Provider {
  const provider = smppProvider(port, over, context);
  onTestFinished(() => provider.close());
  provider.open();
  return provider;
}

/** What was logged, in short. */
function listening() {
  const told: string[] = [];
  const note = (event: string, fields: object) => {
    told.push(`${event} ${JSON.stringify(fields)}`);
  };
  return { told, context: patient({ log: { info: note, warn: note } }) };
}

/** What was said with an event when it was logged for the first time. */
function firstOf(told: string[], event: string): Record<string, unknown> {
  const line = told.find((one) => one.startsWith(event)) ?? '';
  return JSON.parse(line.slice(event.length)) as Record<string, unknown>;
}

const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const bound = (smsc: Smsc, links = 1) =>
  eventually(() => {
    expect(smsc.bound.size).toBe(links);
  });

describe.concurrent('a bind', () => {
  it('that is refused is told as what it is, at once, and not asked for in a storm', async (t) => {
    const smsc = await smscWith(t);
    const { told, context } = listening();
    const provider = providerAt(t, smsc.port, { password: 'mistyped' }, context);
    await eventually(() => {
      expect(told.join()).toContain('provider.link-down');
    });
    for (let n = 0; n < 20; n += 1)
      expect(await provider.submit(smsTo(PHONE))).toEqual(refused('misconfigured', 'bind ESME_RINVPASWD'));
    expect(smsc.binds).toHaveLength(1);
    const { why, againInMs } = firstOf(told, 'provider.link-down');
    expect(why).toBe('bind ESME_RINVPASWD');
    expect(againInMs).toBeGreaterThanOrEqual(5_000);
    expect(provider.breakerState()).toBe('open');
    expect(provider.noLink()?.because).toBe('bind ESME_RINVPASWD');
    expect(provider.noLink()?.triedAgainAt).toBeGreaterThan(Date.now());
    expect(told.join()).not.toContain('mistyped');
  });

  it('that is refused after the SMSC was away waits as after a first refusal', async (t) => {
    const port = await freePort();
    const { told, context } = listening();
    const provider = providerAt(t, port, { password: 'mistyped' }, context);
    await eventually(() => {
      expect(told.filter((line) => line.includes('ECONNREFUSED')).length).toBeGreaterThanOrEqual(3);
    });
    expect(provider.noLink()).toMatchObject({ because: 'ECONNREFUSED' });
    await smscWith(t, { port });
    await eventually(() => {
      expect(told.join()).toContain('ESME_RINVPASWD');
    });
    const { againInMs } = firstOf(
      told.filter((line) => line.includes('ESME_RINVPASWD')),
      'provider.link-down',
    );
    expect(againInMs).toBeLessThanOrEqual(10_000);
  });

  it('that the SMSC has no room for now is asked for again', async (t) => {
    const smsc = await smscWith(t);
    smsc.refusesBindsWith = 0x05;
    const provider = providerAt(t, smsc.port);
    await eventually(() => {
      expect(smsc.binds.length).toBeGreaterThanOrEqual(2);
    });
    smsc.refusesBindsWith = null;
    await bound(smsc);
    expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
    expect(provider.breakerState()).toBe('closed');
    expect(provider.noLink()).toBeNull();
  });

  it('of each kind: a transmitter sends, a receiver takes the receipts', async (t) => {
    const smsc = await smscWith(t);
    const context = patient();
    const provider = providerAt(t, smsc.port, { bind: 'separate', binds: 2 }, context);
    await bound(smsc, 2);
    expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
    await eventually(() => {
      expect(context.taken).toMatchObject([{ status: 'delivered' }]);
    });
    expect(smsc.binds.map(({ command }) => command).sort()).toEqual([
      ...['bind_receiver', 'bind_receiver', 'bind_transmitter', 'bind_transmitter'],
    ]);
  });

  it('is several where several are asked for, and all of them are used', async (t) => {
    const smsc = await smscWith(t, { answerAfterMs: 50 });
    const provider = providerAt(t, smsc.port, { binds: 3, window: 2 });
    await bound(smsc, 3);
    await Promise.all(Array.from({ length: 6 }, (_, n) => provider.submit(smsTo(`+49151100${String(n)}0001`))));
    expect(smsc.mostUnanswered).toBe(2);
    expect(smsc.submissions).toHaveLength(6);
  });
});

describe.concurrent('TLS', () => {
  const tls = { key: fixture('localhost.key'), cert: fixture('localhost.crt') };

  it('is spoken with a certificate that somebody vouches for', async (t) => {
    const smsc = await smscWith(t, { tls });
    const provider = providerAt(t, smsc.port, { tls: true, ca: tls.cert });
    expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
  });

  it('R31 is not spoken with anybody else, who is not told the password', async (t) => {
    const smsc = await smscWith(t, { tls });
    const provider = providerAt(t, smsc.port, { tls: true });
    expect(await provider.submit(smsTo(PHONE))).toEqual(refused('unreachable', 'DEPTH_ZERO_SELF_SIGNED_CERT'));
    expect(smsc.binds).toEqual([]);
  });
});

describe.concurrent('nothing was sent', () => {
  it('where nobody listens', async (t) => {
    const provider = providerAt(t, await freePort());
    expect(await provider.submit(smsTo(PHONE))).toEqual(refused('unreachable', 'ECONNREFUSED'));
  });

  it('R97 where nobody says a word, and that is known in time', async (t) => {
    const silent = await silentPort();
    const provider = providerAt(t, silent.port, {}, impatient);
    expect(await provider.submit(smsTo(PHONE))).toEqual(refused('unreachable', 'not bound'));
    silent.stop();
  });

  it('while all places of the window are taken', async (t) => {
    const smsc = await smscWith(t, { answerAfterMs: 500 });
    const provider = providerAt(t, smsc.port, { window: 1 }, impatient);
    await bound(smsc);
    const first = provider.submit(smsTo(PHONE));
    expect(await provider.submit(smsTo('+4915110000199'))).toEqual(refused('throttled', 'window full'));
    expect(await first).toMatchObject(accepted);
    expect(smsc.submissions).toHaveLength(1);
  });

  it.for(['+49151 +49152', '4915110000001', '', '+0123456789', '+49151\u0000'])('to %j', async (to, t) => {
    const provider = providerAt(t, 1);
    expect(await provider.submit(smsTo(to))).toMatchObject({ kind: 'refused', failure: 'rejected' });
  });
});

describe.concurrent('an SMSC that throttles', () => {
  it('gets a pause, and then fewer at once; who can not wait is told when to come again', async (t) => {
    let answers = [0x58];
    const smsc = await smscWith(t, { outcomeOf: () => ({ answers, receipts: [] }) });
    const provider = providerAt(t, smsc.port, { window: 8 }, impatient);
    await bound(smsc);
    expect(await provider.submit(smsTo(PHONE))).toEqual(refused('throttled', 'ESME_RTHROTTLED'));
    answers = [0];
    const during = await provider.submit(smsTo('+4915110000199'));
    expect(during).toEqual({ ...refused('throttled', 'paused'), retryAfterSeconds: 1 });
    expect(smsc.submissions).toHaveLength(1);
    await eventually(
      async () => {
        expect(await provider.submit(smsTo('+4915110000299'))).toMatchObject(accepted);
      },
      { interval: 100 },
    );
  });
});

describe.concurrent('a link', () => {
  it('is asked whether it stands, and given up when nobody answers; the next one serves', async (t) => {
    const smsc = await smscWith(t);
    const { told, context } = listening();
    const provider = providerAt(
      t,
      smsc.port,
      { enquireLinkSeconds: 1 },
      { ...context, limits: { connectMs: 1_000, totalMs: 1_000 } },
    );
    await eventually(() => {
      expect(smsc.heard).toContain('enquire_link');
    });
    smsc.answersEnquiries = false;
    await eventually(() => {
      expect(told.join()).toContain('enquire_link unanswered');
    });
    smsc.answersEnquiries = true;
    await eventually(async () => {
      expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
    });
  });

  it('answers when it is asked itself, and refuses what SMPP does not know', async (t) => {
    const smsc = await smscWith(t);
    providerAt(t, smsc.port);
    await bound(smsc);
    const [session] = smsc.bound;
    const status = await new Promise((resolve) =>
      session?.enquire_link(({ command_status }) => {
        resolve(command_status);
      }),
    );
    expect(status).toBe(0);
    session?.socket.write(Buffer.from('00000010000001990000000000000007', 'hex'));
    await eventually(() => {
      expect(smsc.heard).toContain('generic_nack');
    });
    expect(smsc.bound.size).toBe(1);
  });

  it.for<[string, Buffer]>([
    ['garbage', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a length of nothing', Buffer.alloc(16)],
  ])('over which comes %s is opened anew', async ([, bytes], t) => {
    const smsc = await smscWith(t);
    const provider = providerAt(t, smsc.port);
    await bound(smsc);
    [...smsc.bound][0]?.socket.write(bytes);
    await eventually(() => {
      expect(smsc.binds.length).toBeGreaterThanOrEqual(2);
    });
    expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
  });

  it('that the SMSC ends is ended, and opened anew', async (t) => {
    const smsc = await smscWith(t);
    const provider = providerAt(t, smsc.port);
    await bound(smsc);
    [...smsc.bound][0]?.unbind(() => [...smsc.bound][0]?.close());
    await eventually(() => {
      expect(smsc.heard).toContain('unbind_resp');
      expect(smsc.binds.length).toBeGreaterThanOrEqual(2);
    });
    expect(await provider.submit(smsTo(PHONE))).toMatchObject(accepted);
  });

  it('is left with what was in flight answered and what came stored', async (t) => {
    const smsc = await smscWith(t, { answerAfterMs: 100 });
    const context = patient();
    const slowly: ProviderContext = { ...context, take: (reports) => sleep(100).then(() => context.take(reports)) };
    const provider = smppProvider(smsc.port, {}, slowly);
    const outcomes = [provider.submit(smsTo(PHONE)), provider.submit(smsTo('+4915110000101'))];
    await eventually(() => {
      expect(smsc.submissions).toHaveLength(2);
    });
    await provider.close();
    const answers = await Promise.all(outcomes);
    expect(answers).toMatchObject([accepted, accepted]);
    expect(smsc.heard.at(-1)).toBe('unbind');
    // Each under both readings of its id: they came before an answer told how ids are written here.
    const reported = new Set(context.taken.map(({ providerMessageId }) => providerMessageId));
    for (const answer of answers) expect(reported).toContain('providerMessageId' in answer && answer.providerMessageId);
    expect(await provider.submit(smsTo(PHONE))).toMatchObject({ kind: 'refused', failure: 'unreachable' });
  });

  it('is left although the SMSC keeps delivering, and what comes then is left with it', async (t) => {
    const smsc = await smscWith(t);
    const context = patient();
    const slowly: ProviderContext = { ...context, take: (reports) => sleep(20).then(() => context.take(reports)) };
    const provider = providerAt(t, smsc.port, {}, slowly);
    await bound(smsc);
    const answers: number[] = [];
    const deliver = async (): Promise<void> => {
      answers.push(
        (await smsc.sends('deliver_sm', { esm_class: 4, short_message: 'id:1 stat:DELIVRD' })).command_status,
      );
      return deliver();
    };
    for (let n = 0; n < 3; n += 1) deliver().catch(() => undefined);
    await eventually(() => {
      expect(context.taken.length).toBeGreaterThan(2);
    });
    await provider.close();
    expect(smsc.heard).toContain('unbind');
    // What was acknowledged is stored; all else is left with the SMSC.
    expect(answers.filter((status) => status !== 0x64)).toEqual(context.taken.map(() => 0));
  });
});

describe.concurrent('R30 a message is uncertain', () => {
  it('when the link breaks before its answer, and nobody sends it again', async (t) => {
    const smsc = await smscWith(t, { answerAfterMs: 60_000 });
    const provider = providerAt(t, smsc.port);
    const outcome = provider.submit(smsTo(PHONE));
    await eventually(() => {
      expect(smsc.submissions).toHaveLength(1);
    });
    smsc.cut();
    expect(await outcome).toEqual({ kind: 'ambiguous', detail: 'link lost' });
    await bound(smsc);
    expect(smsc.submissions).toHaveLength(1);
  });

  it('and safe to send anew when only a part of it has gone out', async (t) => {
    const smsc = await smscWith(t, { answerAfterMs: 60_000 });
    const provider = providerAt(t, smsc.port);
    const outcome = provider.submit(smsTo(PHONE, { text: 'long '.repeat(50) }));
    await eventually(() => {
      expect(smsc.submissions).toHaveLength(1);
    });
    smsc.cut();
    expect(await outcome).toEqual(refused('unreachable', 'part: link lost'));
  });
});
