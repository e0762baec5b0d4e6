import { describe, expect, it } from 'vitest';
import { writePdu } from './pdu.js';
import { smppOptions } from './smpp-options.js';
import { submitParts, submitSize } from './submit-sm.js';

const NOW = Date.UTC(2026, 10, 23, 23, 58, 0);
const parts = (over: object = {}, options: object = {}) =>
  submitParts(
    { to: '+4915112345678', text: 'Your code is 012345.', validForSeconds: 290, ...over },
    smppOptions.parse({
      ...{ type: 'smpp', channel: 'sms', host: 'smsc.example', systemId: 'esme', password: 'secret', from: 'Einmal' },
      ...options,
    }),
    { reference: 0x2a, now: NOW },
  );
const hex = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('hex') : '');

it('a submit_sm on the wire, octet by octet (SMPP 3.4, 4.4.1)', () => {
  const [fields] = parts({ text: 'Hi @' });
  expect(writePdu('submit_sm', { sequence: 7 }, fields).toString('hex')).toBe(
    [
      ...['00000048', '00000004', '00000000', '00000007'],
      // service_type, source: alphanumeric, destination: international
      ...['00', '05', '00', Buffer.from('Einmal\0').toString('hex')],
      ...['01', '01', Buffer.from('4915112345678\0').toString('hex')],
      // esm_class, protocol_id, priority_flag, schedule_delivery_time, validity_period
      ...['00', '00', '00', '00', Buffer.from('000000000450000R\0').toString('hex')],
      // registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id, sm_length, short_message
      ...['01', '00', '00', '00', '04', '48692000'],
    ].join(''),
  );
});

describe('the alphabet', () => {
  it.each([
    ['gsm7', 'ä@€_à', '7b001b65117f', 0],
    ['latin1', 'ä@', 'e440', 0],
    ['latin1', '€', '20ac', 8],
    ['ascii', 'a@', '6140', 0],
    ['ascii', 'ä', '00e4', 8],
    ['gsm7', 'ж', '0436', 8],
    ['gsm7', '🙂', 'd83dde42', 8],
  ])('%s: %s is %s, data_coding %i', (defaultAlphabet, text, bytes, dataCoding) => {
    const [fields] = parts({ text }, { defaultAlphabet });
    expect([hex(fields?.['short_message']), fields?.['data_coding']]).toEqual([bytes, dataCoding]);
  });
});

describe('a long text', () => {
  const text = 'a'.repeat(161);

  it('has a header before each part, and one receipt: the last part’s', () => {
    const [first, second, ...more] = parts({ text });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ esm_class: 0x40, registered_delivery: 0 });
    expect(second).toMatchObject({ esm_class: 0x40, registered_delivery: 1 });
    expect(hex(first?.['short_message'])).toBe(`0500032a0201${'61'.repeat(153)}`);
    expect(hex(second?.['short_message'])).toBe(`0500032a0202${'61'.repeat(8)}`);
  });

  it('is marked by parameters where the SMSC wants those', () => {
    expect(parts({ text }, { longMessages: 'sar' })).toMatchObject([
      { esm_class: 0, sar_msg_ref_num: 0x2a, sar_total_segments: 2, sar_segment_seqnum: 1 },
      { esm_class: 0, sar_msg_ref_num: 0x2a, sar_total_segments: 2, sar_segment_seqnum: 2 },
    ]);
  });

  it('is left whole where the SMSC cuts it, in message_payload beyond 254 octets, never in both', () => {
    expect(parts({ text }, { longMessages: 'payload' })).toHaveLength(1);
    const [long, ...more] = parts({ text: 'a'.repeat(255) }, { longMessages: 'payload' });
    expect(more).toEqual([]);
    expect(hex(long?.['message_payload'])).toBe('61'.repeat(255));
    expect(hex(long?.['short_message'])).toBe('');
  });

  it('is cut as UCS-2 where the SMSC has no alphabet for it, though the air has', () => {
    const cut = parts({ text: 'ä'.repeat(71) }, { defaultAlphabet: 'ascii' });
    expect(cut.map((part) => hex(part['short_message']).length / 2 - 6)).toEqual([134, 8]);
  });
});

it.each([
  ['gsm7', 'ü'.repeat(71), { encoding: 'gsm7', segments: 1 }],
  ['ascii', 'ü'.repeat(71), { encoding: 'ucs2', segments: 2 }],
  ['ascii', 'u'.repeat(161), { encoding: 'gsm7', segments: 2 }],
  ['latin1', '€'.repeat(70), { encoding: 'ucs2', segments: 1 }],
] as const)('%s: what crosses the air of %s', (defaultAlphabet, text, size) => {
  expect(submitSize(text, { defaultAlphabet })).toEqual(size);
});

describe('addresses', () => {
  it.each([
    [{ from: 'Shop 24' }, {}, { source_addr_ton: 5, source_addr_npi: 0, source_addr: 'Shop 24' }],
    [{ from: '+4930123456' }, {}, { source_addr_ton: 1, source_addr_npi: 1, source_addr: '4930123456' }],
    [{ from: '4930123456' }, {}, { source_addr_ton: 1, source_addr_npi: 1, source_addr: '4930123456' }],
    [{ from: '72345' }, {}, { source_addr_ton: 0, source_addr_npi: 0, source_addr: '72345' }],
    [{ from: '72345' }, { shortCode: { ton: 3, npi: 8 } }, { source_addr_ton: 3, source_addr_npi: 8 }],
    [{}, { destination: { ton: 0, npi: 1 } }, { dest_addr_ton: 0, dest_addr_npi: 1 }],
  ])('%o with %o', (over, addresses, expected) => {
    expect(parts(over, { addresses })).toMatchObject([expected]);
  });
});

describe('the validity', () => {
  it.each([
    ['relative', 290, '000000000450000R'],
    ['relative', 0.5, '000000000001000R'],
    ['relative', 600, '000000001000000R'],
    ['absolute', 290, '261124000250000+'],
    ['none', 290, ''],
  ])('%s: %s seconds are %s', (validity, validForSeconds, written) => {
    expect(parts({ validForSeconds }, { validity })).toMatchObject([{ validity_period: written }]);
  });
});
