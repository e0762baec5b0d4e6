import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBounce } from './read-bounce.js';

/** `postfix-…` and `exim-…` are recorded from real servers, `written-…` follow what others are known to send. */
const FOLDER = new URL('../../../../../test/fixtures/bounces/', import.meta.url);
const mail = (name: string) => readFileSync(new URL(`${name}.eml`, FOLDER));
const read = (text: string | Buffer) => readBounce(Buffer.from(text), undefined);

const failed = (cause: string, detail: string) => ({ status: 'failed', cause, detail });
const passing = (cause: string, detail: string) => ({ ...failed(cause, detail), transient: true });
const unknown = (detail: string) => ({ status: 'unknown', detail });

const EXPECTED: Record<string, object> = {
  'postfix-dsn-hard1': failed('bounced', 'failed 550 5.1.1'),
  'postfix-dsn-spam1': failed('blocked', 'failed 550 5.7.1'),
  'postfix-dsn-data1': failed('bounced', 'failed 554 5.6.0'),
  'postfix-dsn-soft1': passing('bounced', 'failed 451 4.2.1'),
  'postfix-dsn-full1': passing('bounced', 'failed 452 4.2.2'),
  'postfix-dsn-ok1': unknown('relayed 2.0.0'),
  // Status: 5.0.0 in every one.
  'exim-dsn-hard2': failed('bounced', 'failed 550 5.1.1'),
  'exim-dsn-spam2': failed('blocked', 'failed 550 5.7.1'),
  'exim-dsn-data2': failed('bounced', 'failed 554 5.6.0'),
  'exim-dsn-soft2': passing('bounced', 'failed 451 4.2.1'),
  'exim-dsn-full2': passing('bounced', 'failed 452 4.2.2'),
  'exim-dsn-ok2': { status: 'delivered', detail: 'delivered 2.0.0' },
  'written-gmail-no-such-user': failed('bounced', 'failed 550 5.1.1'),
  'written-exchange-not-found': failed('bounced', 'failed 550 5.1.10'),
  'written-exchange-expired': passing('expired', 'failed 400 4.4.7'),
  'written-sendmail-delayed': { status: 'underway', detail: 'delayed 451 4.7.1' },
  'written-postfix-no-answer': passing('unreachable', 'failed 4.4.1'),
  'written-ironport-hash': failed('bounced', 'failed 5.1.0'),
  'written-reply-only': failed('bounced', 'failed 552 5.0.0'),
  'written-reply-against-status': passing('bounced', 'failed 452 4.2.2'),
  'written-no-empty-line': failed('bounced', 'failed 5.1.1'),
  'written-line-feeds': failed('bounced', 'failed 5.2.2'),
  'written-international': failed('bounced', 'failed 550 5.1.1'),
  'written-eight-bit': failed('bounced', 'failed 550 5.1.1'),
  'written-wrapped': failed('blocked', 'failed 550 5.7.26'),
  'written-two-mailboxes': { status: 'delivered', detail: 'delivered 2.1.5' },
  'written-contradiction': unknown('failed 2.0.0'),
  'written-complaint': unknown('complaint'),
  'written-vacation': unknown('auto-reply'),
  'written-qmail': unknown('no report'),
  'written-report-within': unknown('no report'),
};

describe('a mail that came back', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    expect(await read(mail(name))).toEqual(expected);
  });

  it('is one of those above: no sample is left out', () => {
    expect(readdirSync(FOLDER).flatMap((name) => (name.endsWith('.eml') ? [name.replace('.eml', '')] : []))).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  it('says one of five words, so that nobody fills our tables with words of their own', async () => {
    const said = (await read(mail('exim-dsn-hard2').toString().replace('Action: failed', 'Action: FaiLed'))).detail;
    expect(said).toBe('failed 550 5.1.1');
    const madeUp = mail('exim-dsn-hard2').toString().replace('Action: failed', 'Action: abcdefgh');
    expect(await read(madeUp)).toEqual(unknown('550 5.1.1'));
  });

  it('may have had its line ends changed on its way', async () => {
    const name = 'exim-dsn-soft2';
    expect(await read(mail(name).toString().replaceAll('\r\n', '\n'))).toEqual(EXPECTED[name]);
  });

  it('may lack its end, and may return a long message', async () => {
    const [head = ''] = mail('postfix-dsn-hard1').toString().split('Content-Description: Undelivered');
    expect(await read(head)).toEqual(EXPECTED['postfix-dsn-hard1']);
    expect(await read(`${head}\r\n${'x'.repeat(900_000)}`)).toEqual(EXPECTED['postfix-dsn-hard1']);
  });

  it('means what the operator says it means: by word, code, beginning of a code, or reply', async () => {
    const meaning = { status: 'failed', cause: 'other' } as const;
    for (const code of ['5.1.1', '550']) {
      const said = await readBounce(mail('postfix-dsn-hard1'), { [code]: meaning });
      expect(said).toEqual(failed('other', 'failed 550 5.1.1'));
    }
    expect(await readBounce(mail('postfix-dsn-hard1'), { '5.1': meaning })).toMatchObject(meaning);
    // The whole code is more exact than its class.
    expect(await readBounce(mail('postfix-dsn-spam1'), { '5': meaning })).toMatchObject({ cause: 'blocked' });
    expect(await readBounce(mail('postfix-dsn-ok1'), { relayed: { status: 'delivered' } })).toMatchObject({
      status: 'delivered',
    });
  });
});

describe('a mail meant to hurt', () => {
  const report = (rest: string) => `Content-Type: multipart/report; boundary="b"\r\n\r\n${rest}`;
  const status = (text: string) => report(`--b\r\nContent-Type: message/delivery-status\r\n\r\n${text}`);
  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, n) => {
      const boundary = String(n);
      return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n`;
    }).join('');

  it.each([
    ['of 100,000 parts', report('--b\r\n\r\nx\r\n'.repeat(100_000)), 'no report'],
    ['of a million empty lines', status('\n'.repeat(1_000_000)), 'empty report'],
    ['nested 20 deep', nested(20), 'unreadable mail'],
    ['of one endless header', `X: ${'y'.repeat(1_000_000)}`, 'unreadable mail'],
    ['of 100,000 recipients', `To: ${'a@b.example,'.repeat(80_000)}\r\n\r\n`, 'unreadable mail'],
    ['of nothing', '', 'no report'],
    ['of bytes that are no text', Buffer.alloc(100_000, 0xff), 'unreadable mail'],
  ])('%s says nothing', async (_, text, detail) => {
    expect(await read(text)).toEqual(unknown(detail));
  });

  it.each([
    ['lines', 'x\r\n'.repeat(5_000)],
    ['bytes', 'x'.repeat(140_000)],
  ])('costs no more than so many %s: what comes behind them is not read', async (_, text) => {
    const genuine = '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n';
    expect(await read(report(`--b\r\n\r\nx\r\n${genuine}`))).toMatchObject({ status: 'failed' });
    expect(await read(report(`--b\r\n\r\n${text}\r\n${genuine}`))).toEqual(unknown('no report'));
  });

  it('with a field folded 30,000 times is a field', async () => {
    const folded = `Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;${'\n a'.repeat(30_000)}`;
    expect(await read(status(folded))).toMatchObject({ status: 'failed' });
  });

  it('puts nothing of its own into what is told', async () => {
    const texts = ['failed\u001b[31m', 'failed<script>', '５.1.1', '+4915112345678', 'failed: ada@example.org'];
    for (const text of texts) {
      const { detail } = await read(
        status(`Action: ${text}\nStatus: 5.1.1 ${text}\nDiagnostic-Code: smtp; 550 ${text}\n`),
      );
      expect(detail).toMatch(/^(failed)? ?550 5\.1\.1$/);
    }
  });

  it('is read to one of our words, however it was changed', async () => {
    const samples = Object.keys(EXPECTED).map(mail);
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), put: fc.uint8Array() });
    const changed = fc.record({ sample: fc.constantFrom(...samples), changes: fc.array(change, { maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(changed, async ({ sample, changes }) => {
        let text = sample;
        for (const { at, cut, put } of changes) {
          const start = Math.floor(at * text.length);
          text = Buffer.concat([text.subarray(0, start), put, text.subarray(start + cut)]);
        }
        const { status: said, detail } = await read(text);
        expect(['delivered', 'failed', 'underway', 'unknown']).toContain(said);
        expect(detail).toMatch(/^[A-Za-z0-9 ._:-]{0,64}$/);
      }),
      { numRuns: 200 },
    );
  });
});
