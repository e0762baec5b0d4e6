import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { smpp } from '../../src/delivery/adapters/providers/smpp/smpp.js';
import type { Provider } from '../../src/delivery/application/ports.js';
import { silentPort } from '../support/fake-vendor.js';
import { providerContext, type TestedContext } from '../support/provider-context.js';
import { freePort } from '../support/servers/free-port.js';
import { smppProvider, smsTo } from '../support/smsc/smpp-provider.js';
import { Smsc } from '../support/smsc/smsc.js';

const phone = (digits: string) => `+491511${digits.padStart(7, '0')}`;
const refused = (failure: string, cause: string, detail: string) => ({ kind: 'refused', failure, cause, detail });

describe('SMPP as a provider', () => {
  let smsc: Smsc;
  let provider: Provider;
  let context: TestedContext;
  beforeAll(async () => {
    smsc = await Smsc.start();
    context = providerContext();
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
    await vi.waitFor(() => {
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
    const other = smppProvider(smsc.port);
    expect(await other.submit(smsTo(phone(digits)))).toEqual(outcome);
    await other.close();
  });

  it.each([
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

  it('R30 does not know whether it arrived when nobody answers; what the SMSC says later is a report', async () => {
    const lazy = await Smsc.start({
      answerAfterMs: 1_200,
      outcomeOf: (to) => ({
        answers: [to.endsWith('9') ? 0x0b : 0],
        receipts: [{ afterMs: 1_300, state: 'DELIVRD', error: '000', form: 'both' }],
      }),
    });
    const told = providerContext();
    const patient = smppProvider(lazy.port, {}, told);
    const outcomes = await Promise.all([
      patient.submit(smsTo(phone('1'), { attemptId: 'att_taken' })),
      patient.submit(smsTo(phone('9'), { attemptId: 'att_refused' })),
    ]);
    expect(outcomes).toEqual([
      { kind: 'ambiguous', detail: 'timeout' },
      { kind: 'ambiguous', detail: 'timeout' },
    ]);
    await vi.waitFor(() => {
      expect(told.taken).toMatchObject([
        { attemptId: 'att_taken', status: 'underway', detail: 'answered late' },
        { attemptId: 'att_refused', status: 'failed', cause: 'unknown-number', detail: 'late ESME_RINVDSTADR' },
        { attemptId: 'att_taken', status: 'delivered', detail: 'DELIVRD err:000' },
      ]);
    });
    await patient.close();
    await lazy.stop();
  });
});
