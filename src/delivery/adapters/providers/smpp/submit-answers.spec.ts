import { describe, expect, it } from 'vitest';
import type { Pdu } from './pdu.js';
import { SubmitAnswers } from './submit-answers.js';

const answered = (over: Partial<Pdu>) => ({
  kind: 'answered' as const,
  pdu: { command: 'submit_sm_resp', status: 0, sequence: 1, fields: {}, tlvs: new Map<number, Buffer>(), ...over },
});
const outcome = (over: Partial<Pdu>, answers = new SubmitAnswers()) =>
  answers.outcome(answered(over), (id) => `~${id}`);

describe('an answer to a submit', () => {
  it.each([
    [{ fields: { message_id: '1001' } }, { kind: 'accepted', providerMessageId: '~1001' }],
    // Some give no id, or one that nobody could write down.
    [{}, { kind: 'accepted' }],
    [{ fields: { message_id: '' } }, { kind: 'accepted' }],
    [{ fields: { message_id: 'a b' } }, { kind: 'accepted' }],
    [{ fields: { message_id: '1'.repeat(66) } }, { kind: 'accepted' }],
    // Neither a yes nor a no.
    [{ command: 'generic_nack' }, { kind: 'ambiguous', detail: 'another answer' }],
    [{ command: 'enquire_link_resp' }, { kind: 'ambiguous', detail: 'another answer' }],
  ])('%o', (over, expected) => {
    expect(outcome(over)).toEqual(expected);
  });

  it.each([
    [0x0b, 'rejected', 'unknown-number', 'ESME_RINVDSTADR'],
    [0x0a, 'rejected', 'blocked', 'ESME_RINVSRCADR'],
    [0x45, 'rejected', 'other', 'ESME_RSUBMITFAIL'],
    [0x14, 'throttled', 'provider', 'ESME_RMSGQFUL'],
    [0x58, 'throttled', 'provider', 'ESME_RTHROTTLED'],
    [0x08, 'unreachable', 'provider', 'ESME_RSYSERR'],
    [0x64, 'unreachable', 'provider', 'ESME_RX_T_APPN'],
    [0x53, 'misconfigured', 'provider', 'ESME_RINVSYSTYP'],
    [0x401, 'rejected', 'other', '0x00000401'],
  ])('0x%i is %s: %s', (status, failure, cause, detail) => {
    expect(outcome({ status })).toMatchObject({ kind: 'refused', failure, cause, detail });
    expect(outcome({ status, command: 'generic_nack' })).toMatchObject({ kind: 'refused', failure, cause, detail });
  });

  it('what depends on the number, the text and its life says nothing of the next message', () => {
    expect(outcome({ status: 0x62 })).toMatchObject({ failure: 'misconfigured', scope: 'message' });
  });

  it.each(['0x401', '1025', '0x00000401'])('the operator knows codes of its SMSC, written %s', (written) => {
    const answers = new SubmitAnswers({ [written]: { failure: 'quota', cause: 'provider' } });
    expect(outcome({ status: 0x401 }, answers)).toMatchObject({ failure: 'quota' });
  });
});
