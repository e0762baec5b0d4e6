import { describe, expect, it } from 'vitest';
import { meaningOfReceipt } from '../receipts/receipt-meaning.js';
import { readReceipt } from './receipt.js';

const receipt = (text: string, esm_class = 4, tlvs: [number, Buffer][] = [], unmarked = false) =>
  readReceipt(
    {
      ...{ command: 'deliver_sm', status: 0, sequence: 1, tlvs: new Map(tlvs) },
      fields: { esm_class, source_addr: '+4915112345678', short_message: Buffer.from(text, 'latin1') },
    },
    unmarked,
  );

describe('a receipt', () => {
  it('is read by its text', () => {
    const text =
      'id:0000000123 sub:001 dlvrd:001 submit date:2611230100 done date:2611230101 stat:DELIVRD err:000 text:Hi';
    expect(receipt(text)).toEqual({
      textId: '0000000123',
      states: ['DELIVRD'],
      error: '000',
      phones: ['4915112345678'],
    });
  });

  it.each([
    ['Id: 12 Stat: delivrd Err: 00A Text: stat:UNDELIV', { textId: '12', states: ['DELIVRD'], error: '00A' }],
    ['id:12,sub:1,stat:EXPIRED,err:7,text:', { textId: '12', states: ['EXPIRED'], error: '7' }],
    ['stat:EN_ROUTE id:a_b@c', { textId: 'a_b@c', states: ['EN_ROUTE'] }],
    ['text:id:9 stat:DELIVRD', { states: [] }],
    ['\0i\0d\0:\x004\0 \0s\0t\0a\0t\0:\0D\0E\0L\0I\0V\0R\0D', { textId: '4', states: ['DELIVRD'] }],
  ])('of any spelling: %j', (text, expected) => {
    expect(receipt(text)).toMatchObject(expected);
  });

  it('is read by its parameters, whose error counts where the text has none', () => {
    const tlvs: [number, Buffer][] = [
      [0x1e, Buffer.from('77\0')],
      [0x427, Buffer.from([5])],
      [0x423, Buffer.from([3, 0, 27])],
    ];
    expect(receipt('', 4, tlvs)).toMatchObject({ tlvId: '77', states: ['UNDELIV'], error: '027' });
    expect(receipt('id:77 stat:UNDELIV err:000', 4, tlvs)).toMatchObject({
      states: ['UNDELIV', 'UNDELIV'],
      error: '027',
    });
    expect(receipt('id:77 stat:UNDELIV err:060', 4, tlvs)).toMatchObject({ error: '060' });
  });

  it.each([0x04, 0x20, 0x44, 0x07])('is one by esm_class %i', (esmClass) => {
    expect(receipt('id:1 stat:DELIVRD', esmClass)).not.toBeNull();
  });

  it.each([0x00, 0x03, 0x08, 0x10, 0x18, 0x40])('R31 is none by esm_class %i', (esmClass) => {
    expect(receipt('id:1 stat:DELIVRD', esmClass)).toBeNull();
  });

  it('is one by its looks only where its operator says so', () => {
    expect(receipt('id:1 stat:DELIVRD', 0, [], true)).toMatchObject({ textId: '1' });
    expect(receipt('id:1', 0, [], true)).toBeNull();
  });
});

describe('the meaning', () => {
  it.each([
    [['DELIVRD'], '001', { status: 'delivered' }],
    [['UNDELIV'], '001', { status: 'failed', cause: 'unknown-number' }],
    [['UNDELIV'], '027', { status: 'failed', cause: 'unreachable', transient: true }],
    [['UNDELIV'], '999', { status: 'failed', cause: 'other', transient: true }],
    [['EXPIRED'], undefined, { status: 'failed', cause: 'expired', transient: true }],
    // A reason of its own is not made another by what the last try ran into.
    [['EXPIRED'], '001', { status: 'failed', cause: 'expired', transient: true }],
    [['REJECTD'], '006', { status: 'failed', cause: 'blocked' }],
    [['DELETED'], '027', { status: 'failed', cause: 'other' }],
    [['FAILED'], '006', { status: 'failed', cause: 'other' }],
    [['SPAMMED', 'UNDELIV'], '001', { status: 'failed', cause: 'unknown-number' }],
    [['SPAMMED', 'REJECTD'], undefined, { status: 'failed', cause: 'blocked' }],
    [['UNKNOWN'], '001', { status: 'unknown' }],
    [['toString'], undefined, { status: 'unknown' }],
    [[], undefined, { status: 'unknown' }],
  ])('of %j with error %s', (states, error, meaning) => {
    expect(meaningOfReceipt(states, error)).toEqual(meaning);
  });

  it('is the operator’s where there is one: the error’s before the state’s', () => {
    const own = { UNDELIV: { status: 'failed', cause: 'busy' }, 60: { status: 'failed', cause: 'landline' } } as const;
    expect(meaningOfReceipt(['UNDELIV'], '001', own)).toMatchObject({ cause: 'busy' });
    expect(meaningOfReceipt(['UNDELIV'], '060', own)).toMatchObject({ cause: 'landline' });
    expect(meaningOfReceipt(['EXPIRED'], '60', own)).toMatchObject({ cause: 'landline' });
  });
});
