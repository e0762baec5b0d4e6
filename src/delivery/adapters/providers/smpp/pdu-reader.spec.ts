import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPdu, writePdu } from './pdu.js';
import { PduReader } from './pdu-reader.js';

const enquiry = (sequence: number) => writePdu('enquire_link', { sequence });

it('finds the same PDUs however they are cut on their way', () => {
  const sent = [enquiry(1), writePdu('submit_sm_resp', { sequence: 2 }, { message_id: '1001' }), enquiry(3)];
  const bytes = Buffer.concat(sent);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const reader = new PduReader();
      const pdus = at.slice(1).flatMap((end, n) => reader.read(bytes.subarray(at[n], end)) ?? []);
      expect(pdus).toEqual(sent.map(readPdu));
    }),
  );
});

it.each(['00000000', '0000000f', '7fffffff', '48545450'])('knows that %s is no length', (length) => {
  expect(new PduReader().read(Buffer.from(`${length}00000015`, 'hex'))).toBeNull();
});

it('reads whatever comes, as far as it goes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0x5, 0x103, 0x80000004, 0x80000009, 0x21, 0x999, 0x80000999),
      fc.uint8Array({ maxLength: 200 }),
      (command, body) => {
        const bytes = Buffer.alloc(16 + body.length);
        bytes.writeUInt32BE(bytes.length, 0);
        bytes.writeUInt32BE(command, 4);
        bytes.set(body, 16);
        expect(() => readPdu(bytes)).not.toThrow();
      },
    ),
  );
});

it('reads a string parameter to its end, with its final zero or without', () => {
  const tlvs = (id: string) => [`001e${id}`, '0427000102'].join('');
  const deliver = (parameters: string) => {
    const head = writePdu('deliver_sm', { sequence: 1 }, { esm_class: 4, data_coding: 0 });
    const bytes = Buffer.concat([head, Buffer.from(parameters, 'hex')]);
    bytes.writeUInt32BE(bytes.length, 0);
    return readPdu(bytes).tlvs;
  };
  for (const id of ['0003313233', '000431323300'])
    expect(deliver(tlvs(id)).get(0x1e)?.toString().replace('\0', '')).toBe('123');
  expect(deliver(tlvs('0003313233')).get(0x427)).toEqual(Buffer.from([2]));
  // Longer than there is.
  expect(deliver('001e00ff3132').get(0x1e)?.toString()).toBe('12');
});
