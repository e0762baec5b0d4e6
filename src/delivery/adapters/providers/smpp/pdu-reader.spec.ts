import fc from 'fast-check';
import smpp from 'smpp';
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
      const pdus = at.slice(1).flatMap((end, n) => reader.read(bytes.subarray(at[n], end)).pdus);
      expect(pdus).toEqual(sent.map(readPdu));
    }),
  );
});

it.each(['00000000', '0000000f', '7fffffff', '48545450'])('knows that %s is no length', (length) => {
  expect(new PduReader().read(Buffer.from(`${length}00000015`, 'hex'))).toEqual({ pdus: [], broken: true });
});

it('gives what was whole before the garbage', () => {
  const bytes = Buffer.concat([enquiry(1), enquiry(2), Buffer.from('HTTP/1.1 400 Bad Request')]);
  expect(new PduReader().read(bytes)).toEqual({ pdus: [readPdu(enquiry(1)), readPdu(enquiry(2))], broken: true });
});

it('survives an answer to submit_multi whose list of failures is cut off', () => {
  const bytes = Buffer.from('00000014800000210000000000000001' + '31000301', 'hex');
  expect(readPdu(bytes)).toMatchObject({ command: 'submit_multi_resp', sequence: 1, fields: {} });
});

it('reads whatever comes, as far as it goes', () => {
  const commands = [...Object.keys(smpp.commandsById).map(Number), 0x999, 0x80000999];
  fc.assert(
    fc.property(
      fc.constantFrom(...commands),
      fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(fc.constantFrom(0, 1, 2, 0x31, 0xff), { maxLength: 40 })),
      (command, body) => {
        const bytes = Buffer.alloc(16 + body.length);
        bytes.writeUInt32BE(bytes.length, 0);
        bytes.writeUInt32BE(command, 4);
        bytes.set(body, 16);
        expect(() => readPdu(bytes)).not.toThrow();
      },
    ),
    { numRuns: 2_000 },
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
