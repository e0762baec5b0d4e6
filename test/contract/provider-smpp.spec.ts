import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { smpp } from '../../src/delivery/adapters/providers/smpp/smpp.js';
import type { Provider } from '../../src/delivery/application/provider.js';
import { eventually } from '../support/eventually.js';
import { providerContext, type TestedContext } from '../support/provider-context.js';
import type { NamedMessage, StartGateway } from '../support/reporting-gateway.js';
import { smppProvider, smsTo } from '../support/smsc/smpp-provider.js';
import { Smsc } from '../support/smsc/smsc.js';
import { providerReportsContract } from './provider-reports.contract.js';

const phone = (digits: string) => `+491511${digits.padStart(7, '0')}`;
const refused = (failure: string, cause: string, detail: string) => ({ kind: 'refused', failure, cause, detail });

describe('SMPP as a provider', () => {
  let smsc: Smsc;
  let provider: Provider;
  let context: TestedContext;
  beforeAll(async () => {
    smsc = await Smsc.start();
    context = providerContext({ limits: OUTGOING_LIMITS });
    provider = smppProvider(smsc.port, {}, context);
    provider.open();
  });
  afterAll(async () => {
    await provider.close();
    await smsc.stop();
  });
  const send = (digits: string) => provider.submit(smsTo(phone(digits)));
  const taken = (digits: string) => smsc.submissions.filter(({ to }) => to === phone(digits).slice(1));
  /** What was reported of the message that this number was sent, in short. */
  const reportsOf = async (digits: string, expected: string[]) => {
    const outcome = await send(digits);
    const id = outcome.kind === 'accepted' ? outcome.providerMessageId : undefined;
    expect(id).toMatch(/^\d+$/);
    await eventually(() => {
      const about = context.taken.filter(({ providerMessageId }) => providerMessageId === id);
      expect(about.map(({ status, cause, detail }) => [status, cause, detail].join(' '))).toEqual(expected);
    });
  };

  it('hands a message over in SMPP 3.4’s own words', async () => {
    expect(await send('101')).toMatchObject({
      kind: 'accepted',
      providerMessageId: expect.stringMatching(/^\d+$/) as string,
    });
    expect(smsc.binds[0]).toMatchObject({ command: 'bind_transceiver', system_id: 'esme', interface_version: 0x34 });
    expect(taken('101')).toHaveLength(1);
    expect(taken('101')[0]?.pdu).toMatchObject({
      ...{ source_addr_ton: 5, source_addr_npi: 0, source_addr: 'Einmal' },
      ...{ dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: '4915110000101', service_type: '' },
      ...{ esm_class: 0, protocol_id: 0, priority_flag: 0, registered_delivery: 1, data_coding: 0 },
      short_message: { message: 'Your code is 012345.' },
    });
  });

  it.each([
    ['08', refused('throttled', 'provider', 'ESME_RTHROTTLED')],
    ['09', refused('rejected', 'unknown-number', 'ESME_RINVDSTADR')],
    ['20', refused('rejected', 'other', 'ESME_RSUBMITFAIL')],
    ['23', refused('unreachable', 'provider', 'ESME_RSYSERR')],
  ])('understands the refusal of number …%s', async (digits, outcome) => {
    const other = smppProvider(smsc.port, {}, providerContext({ limits: OUTGOING_LIMITS }));
    expect(await other.submit(smsTo(phone(digits)))).toEqual(outcome);
    await other.close();
  });

  it.concurrent.each([
    ['01', ['delivered  DELIVRD err:000']],
    ['02', ['failed unknown-number UNDELIV err:001']],
    ['03', ['failed expired EXPIRED err:000']],
    ['04', ['failed blocked REJECTD err:008']],
    ['06', ['delivered  DELIVRD err:000', 'delivered  DELIVRD err:000']],
    ['07', ['delivered  DELIVRD err:000', 'underway  ENROUTE err:000']],
    ['11', ['delivered  DELIVRD err:000']],
    ['12', ['unknown  UNKNOWN err:000']],
    ['13', ['failed other DELETED err:000']],
    ['14', ['underway  ACCEPTD err:000', 'delivered  DELIVRD err:000']],
    ['15', ['failed unreachable UNDELIV err:027']],
    ['17', ['delivered  DELIVRD err:000']],
    ['22', ['delivered  DELIVRD err:000']],
    ['25', ['failed expired EXPIRED err:000']],
    ['26', ['delivered  DELIVRD err:000']],
  ])('understands the receipts about number …%s', async (digits, expected) => {
    await reportsOf(`2${digits}`, expected);
  });

  it.concurrent(
    'R30 does not know whether it arrived when nobody answers; what the SMSC says later is a report',
    async () => {
      const lazy = await Smsc.start({
        answerAfterMs: 1_200,
        outcomeOf: (to) => ({
          answers: [{ '8': 0x58, '9': 0x0b }[to.slice(-1)] ?? 0],
          receipts: [{ afterMs: 1_300, state: 'DELIVRD', error: '000', form: 'both' }],
        }),
      });
      const told = providerContext({ limits: { connectMs: 1_000, totalMs: 1_000 } });
      const patient = smppProvider(lazy.port, {}, told);
      patient.open();
      await eventually(() => {
        expect(lazy.bound.size).toBe(1);
      });
      const outcomes = await Promise.all([
        patient.submit(smsTo(phone('1'), { attemptId: 'att_taken' })),
        patient.submit(smsTo(phone('9'), { attemptId: 'att_refused' })),
        patient.submit(smsTo(phone('8'), { attemptId: 'att_throttled' })),
      ]);
      expect(outcomes).toEqual([
        { kind: 'ambiguous', detail: 'timeout' },
        { kind: 'ambiguous', detail: 'timeout' },
        { kind: 'ambiguous', detail: 'timeout' },
      ]);
      await eventually(() => {
        expect(told.taken).toMatchObject([
          { attemptId: 'att_taken', status: 'underway', detail: 'answered late' },
          { attemptId: 'att_refused', status: 'failed', cause: 'unknown-number', detail: 'late ESME_RINVDSTADR' },
          { attemptId: 'att_throttled', status: 'failed', transient: true, detail: 'late ESME_RTHROTTLED' },
          { attemptId: 'att_taken', status: 'delivered', detail: 'DELIVRD err:000' },
        ]);
      });
      await patient.close();
      await lazy.stop();
    },
  );

  describe('receipts', () => {
    const text = (id: string, stat = 'DELIVRD', err = '000') =>
      `id:${id} sub:001 dlvrd:001 submit date:2611230100 done date:2611230101 stat:${stat} err:${err} text:stat:UNDELIV id:9`;
    const receipt = (short_message: string, over: object = {}) => ({
      ...{ esm_class: 4, source_addr: '4915110000101', destination_addr: 'Einmal', short_message },
      ...over,
    });
    const said = async (command: 'deliver_sm' | 'data_sm', fields: object) => {
      const before = context.taken.length;
      const { command_status } = await smsc.sends(command, { ...fields });
      return { command_status, reports: context.taken.slice(before) };
    };

    it.each<[string, string, Record<string, unknown>]>([
      [
        'in other words and cases',
        'ID:abC-1 Sub:1 DLVRD:1 Stat:Delivered Err:0',
        { providerMessageId: 'abc-1', status: 'delivered' },
      ],
      ['in capitals and with zeros', text('00000ABC'), { providerMessageId: 'abc', status: 'delivered' }],
      ['rejected', text('5', 'REJECTED', '9'), { status: 'failed', cause: 'blocked' }],
      [
        'with an error nobody agrees on',
        text('5', 'UNDELIV', '060'),
        { status: 'failed', cause: 'other', detail: 'UNDELIV err:060' },
      ],
      ['with a word nobody knows', text('5', 'SPAMMED'), { status: 'unknown', detail: 'SPAMMED err:000' }],
      [
        'without dates',
        'id:7 stat:EXPIRED',
        { providerMessageId: '7', status: 'failed', cause: 'expired', detail: 'EXPIRED' },
      ],
    ])('are understood %s', async (_, written, report) => {
      const { command_status, reports } = await said('deliver_sm', receipt(written));
      expect(command_status).toBe(0);
      expect(reports).toMatchObject([report]);
      expect(reports[0]).not.toHaveProperty('attemptId');
    });

    it('come by optional parameters alone, over data_sm, too', async () => {
      const { reports } = await said('data_sm', {
        ...{ esm_class: 4, source_addr: '4915110000101', destination_addr: 'Einmal', receipted_message_id: '77' },
        ...{ message_state: 5, network_error_code: Buffer.from([3, 0, 27]) },
      });
      expect(reports).toMatchObject([
        { providerMessageId: '77', status: 'failed', cause: 'unreachable', detail: 'UNDELIV err:027' },
      ]);
    });

    it('R8 keep nothing of the message they quote', async () => {
      const { reports } = await said('deliver_sm', receipt(`${text('5')} Your code is 012345.`));
      expect(JSON.stringify(reports)).not.toContain('012345');
    });

    it('R31 are not what a phone writes, however it looks', async () => {
      expect(await said('deliver_sm', receipt(text('1001'), { esm_class: 0 }))).toEqual({
        command_status: 0,
        reports: [],
      });
      expect(await said('deliver_sm', receipt('Hello!', { esm_class: 0 }))).toEqual({ command_status: 0, reports: [] });
    });

    it('without an id are acknowledged: asking again would not help', async () => {
      expect(await said('deliver_sm', receipt('stat:DELIVRD'))).toEqual({ command_status: 0, reports: [] });
    });

    it('that can not be stored are left with the SMSC, which brings them again', async () => {
      const other = await Smsc.start();
      const working = providerContext({ limits: OUTGOING_LIMITS });
      let failures = 2;
      const take: TestedContext['take'] = (reports) =>
        failures-- > 0 ? Promise.reject(new Error('unavailable')) : working.take(reports);
      const failing = smppProvider(other.port, {}, { ...working, take });
      expect(await failing.submit(smsTo(phone('1')))).toMatchObject({ kind: 'accepted' });
      await eventually(() => {
        expect(other.acknowledged).toEqual([0x64, 0x64, 0]);
      });
      expect(working.taken).toHaveLength(1);
      await failing.close();
      await other.stop();
    });

    it('are nothing that comes by HTTP', () => {
      const request = { method: 'POST', url: '', query: {}, headers: {}, rawBody: Buffer.alloc(0), attemptId: 'att_1' };
      expect(provider.readReports(request)).toBeNull();
    });
  });

  describe('what its operator says', () => {
    it('tells how a text goes out that its SMSC has no 7-bit alphabet for', async () => {
      const plain = smppProvider(smsc.port, { defaultAlphabet: 'ascii' });
      const outcome = await plain.submit(smsTo(phone('405'), { text: 'ü'.repeat(71) }));
      expect(outcome).toMatchObject({ kind: 'accepted', size: { encoding: 'ucs2', segments: 2 } });
      expect(taken('405')).toHaveLength(2);
      await plain.close();
    });

    it('goes before what is known of states, of errors of networks, and of refusals', async () => {
      const told = providerContext({ limits: OUTGOING_LIMITS });
      const own = smppProvider(
        smsc.port,
        {
          statuses: { REJECTD: 'unknown', '001': { cause: 'unreachable', transient: true } },
          errors: { '0x0B': 'blocked', ESME_RSYSERR: 'quota' },
        },
        told,
      );
      expect(await own.submit(smsTo(phone('09')))).toEqual(refused('rejected', 'blocked', 'ESME_RINVDSTADR'));
      expect(await own.submit(smsTo(phone('23')))).toEqual(refused('quota', 'provider', 'ESME_RSYSERR'));
      await own.submit(smsTo(phone('302')));
      await own.submit(smsTo(phone('304')));
      await eventually(() => {
        expect(told.taken.map(({ status, cause }) => [status, cause])).toEqual([
          ['failed', 'unreachable'],
          ['unknown', undefined],
        ]);
      });
      await own.close();
    });

    it.each([
      [{ password: 'nine chars' }],
      [{ systemId: 'sixteen letters.' }],
      [{ systemId: '' }],
      [{ serviceType: 'longer' }],
      [{ password: 'zero\0' }],
      [{ from: 'twelve chars' }],
      [{ window: 0 }],
      [{ binds: 11 }],
      [{ ca: '-----BEGIN CERTIFICATE-----' }],
      [{ messageIds: 'octal' }],
      [{ channel: 'voice' }],
      [{ shell: 'sh' }],
    ])('is refused where it can not be: %o', (over) => {
      const entry = {
        type: 'smpp',
        channel: 'sms',
        host: 'smsc.example',
        systemId: 'esme',
        password: 'secret',
        from: 'Einmal',
      };
      expect(smpp.schema.safeParse(entry).success).toBe(true);
      expect(smpp.schema.safeParse({ ...entry, ...over }).success).toBe(false);
    });
  });
});

const reportingSmsc: StartGateway = async (context) => {
  const smsc = await Smsc.start({ outcomeOf: () => ({ answers: [0], receipts: [] }) });
  const provider = smppProvider(smsc.port, {}, { ...context, limits: OUTGOING_LIMITS });
  const says =
    (state: string, error = '000') =>
    ({ messageId }: NamedMessage) =>
    async () => {
      const short_message = `id:${messageId} sub:001 dlvrd:001 stat:${state} err:${error} text:`;
      const { command_status } = await smsc.sends('deliver_sm', { esm_class: 4, short_message });
      if (command_status !== 0) throw new Error(`The receipt was answered ${String(command_status)}.`);
    };
  return {
    provider,
    says: {
      underway: says('ENROUTE'),
      delivered: says('DELIVRD'),
      failed: says('UNDELIV', '001'),
      unknown: says('UNKNOWN'),
    },
    forged: {},
    // The same kind of number in every base, so that it is one report.
    stranger: { attemptId: 'att_stranger', messageId: '1048576' },
    stop: async () => {
      await provider.close();
      await smsc.stop();
    },
  };
};

/** Nobody brings a receipt but the SMSC, over the link that we opened: there is nothing to forge. */
providerReportsContract('SMPP', {
  says: ['underway', 'delivered', 'failed', 'unknown'],
  forgeries: [],
  start: reportingSmsc,
});
