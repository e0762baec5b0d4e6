import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bounceAddress, marksIn, messageName, type BounceMark } from './bounce-mark.js';

const mailbox = { address: 'bounces@shop.example', delimiter: '+' };
const markOf = (id: Uint8Array, mac: Uint8Array): BounceMark => ({
  attemptId: `att_${Buffer.from(id).toString('base64url')}`,
  mac: Buffer.from(mac).toString('base64url'),
});
const newMark = () => markOf(randomBytes(16), randomBytes(16));
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('the mark in an envelope sender', () => {
  it('is found again, whatever the id and the MAC', () => {
    fc.assert(
      fc.property(sixteen, sixteen, (id, mac) => {
        const mark = markOf(id, mac);
        expect(marksIn(`To: <${bounceAddress(mailbox, mark)}>`, mailbox)).toEqual([mark]);
      }),
    );
  });

  it('fits before the @ with a name of 13 characters (RFC 5321: 64 octets)', () => {
    const long = { address: 'thirteen-long@shop.example', delimiter: '-' };
    const address = bounceAddress(long, newMark());
    expect(address).toMatch(/^[a-z-]{13}-[0-9a-z]{50}@shop\.example$/);
    expect(address.indexOf('@')).toBe(64);
  });

  const mark = newMark();
  const address = bounceAddress(mailbox, mark);
  it.each([
    ['in capitals', address.toUpperCase()],
    ['with BATV (PRVS)', `prvs=1234567890=${address}`],
    ['with BATV of Barracuda', `btv1==123abc==${address}`],
    ['rewritten by a forwarder (SRS)', `SRS0=HHH=TT=shop.example=${address.replace(/@.*/, '')}@forwarder.example`],
    ['within a VERP of another', `list+${address.replace('@', '=')}@list.example`],
    ['over two lines of quoted-printable', `${address.slice(0, 30)}=\r\n${address.slice(30)}`],
  ])('is found %s', (_, written) => {
    expect(marksIn(`Return-Path: <${written}>\r\n`, mailbox)).toEqual([mark]);
  });

  it.each([
    ['of another mailbox', address.replace('bounces', 'returns')],
    ['that lacks a character', address.replace('@', '').slice(0, -14)],
    ['that goes on', address.replace('@', '0@')],
    ['that is no number of 32 bytes', `bounces+${'z'.repeat(50)}@shop.example`],
  ])('is not found in an address %s', (_, written) => {
    expect(marksIn(`To: ${written}`, mailbox)).toEqual([]);
  });
});

describe('the mark in a message’s name', () => {
  it('is found in an envelope id and in a Message-ID, as it was written', () => {
    const mark = newMark();
    const lines = `Original-Envelope-Id: ${messageName(mark)}\r\nReferences: <${messageName(mark)}@shop.example>`;
    expect(marksIn(lines, undefined)).toEqual([mark, mark]);
  });

  it('is within what an envelope id may hold (RFC 3461: 100 characters)', () => {
    expect(messageName(newMark())).toMatch(/^[\w.-]{49}$/);
  });
});

it('looks at no more marks than a few, before anything is known of the sender', () => {
  const many = Array.from({ length: 5_000 }, () => `${bounceAddress(mailbox, newMark())} ${messageName(newMark())}`);
  expect(marksIn(many.join('\r\n'), mailbox)).toHaveLength(64);
});
