import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readKannelReport } from './kannel-report.js';
import { permanent } from '../outcomes/status-map.js';

/** What Kannel 1.4.5 really called back with; the recipient's last two digits chose the outcome at the SMSC. */
const RECORDED = readFileSync(
  new URL('../../../../../test/fixtures/kannel-dlr-callbacks.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => Object.fromEntries(new URL((JSON.parse(line) as { u: string }).u, 'http://x').searchParams));

const delivered = (detail = 'DELIVRD err:000') => ({ status: 'delivered', detail });
const failed = (cause: string, detail: string) => ({ status: 'failed', cause, detail });
const passing = (cause: string, detail: string) => ({ ...failed(cause, detail), transient: true });
const underway = (detail = 'dlr 8') => ({ status: 'underway', detail });
const unknown = (detail: string) => ({ status: 'unknown', detail });

const EXPECTED: Record<string, object[]> = {
  '01': [underway(), delivered()],
  '02': [underway(), failed('unknown-number', 'UNDELIV err:001')],
  '03': [underway(), passing('expired', 'EXPIRED err:000')],
  '04': [underway(), failed('blocked', 'REJECTD err:008')],
  '05': [underway()],
  '06': [underway(), delivered()],
  '07': [underway(), delivered()],
  '08': [unknown('NACK/Retries Exceeded')],
  '09': [failed('unknown-number', 'NACK/0x0000000b')],
  '10': [underway(), delivered()],
  '11': [underway()],
  '12': [underway(), unknown('UNKNOWN err:000')],
  '13': [underway(), failed('other', 'DELETED err:000')],
  '14': [underway(), underway('ACCEPTD err:000'), delivered()],
  '15': [underway(), passing('unreachable', 'err:027')],
  '16': [unknown('NACK/Retries Exceeded')],
  '17': [underway()],
  '18': [underway(), delivered()],
  '19': [unknown('NACK/Retries Exceeded')],
  '20': [failed('other', 'NACK/0x00000045')],
  '21': [underway(), failed('unknown-number', 'UNDELIV err:001')],
  '22': [underway(), delivered()],
  '23': [unknown('NACK/Retries Exceeded')],
  '25': [underway(), passing('expired', 'EXPIRED err:000')],
  '26': [underway(), delivered()],
};

describe('every recorded callback', () => {
  it('has an expectation', () => {
    expect(RECORDED).toHaveLength(42);
    expect(new Set(RECORDED.map(({ id = '' }) => id.slice(-2)))).toEqual(new Set(Object.keys(EXPECTED)));
  });

  it.each(Object.entries(EXPECTED))('number …%s', (ending, expected) => {
    const callbacks = RECORDED.filter(({ id = '' }) => id.endsWith(ending));
    expect(callbacks.map((query) => readKannelReport(query, {}))).toEqual(expected);
  });
});

describe('what a vendor may vary', () => {
  it('knows the error codes of its own SMSC, over the common ones', () => {
    const query = { d: '2', A: 'id:1 stat:UNDELIV err:060 text:' };
    expect(readKannelReport(query)).toEqual(passing('other', 'UNDELIV err:060'));
    expect(readKannelReport(query, { 60: permanent('landline') })).toEqual(failed('landline', 'UNDELIV err:060'));
    expect(readKannelReport(query, { UNDELIV: permanent('blocked') })).toEqual(failed('blocked', 'UNDELIV err:060'));
  });

  it.each([
    ['34', 'id:1 stat:UNDELIV err:001', passing('expired', 'UNDELIV err:001')],
    ['2', 'id:1 stat:EXPIRED err:001', passing('expired', 'EXPIRED err:001')],
    ['2', 'id:1 stat:REJECTD err:006', failed('blocked', 'REJECTD err:006')],
    ['2', 'id:1 stat:DELETED err:027', failed('other', 'DELETED err:027')],
    ['2', 'id:1 stat:FAILED err:006', failed('other', 'FAILED err:006')],
    ['2', 'Id: 1 Stat: undeliv Err: 001', failed('unknown-number', 'UNDELIV err:001')],
  ])('d=%s %s', (d, A, expected) => {
    expect(readKannelReport({ d, A })).toEqual(expected);
  });

  it.each([
    ['?smpp?dlr_err=%03%00%1B&', '027'],
    ['?smpp?dlr_err=%03%001&', '049'],
    ['?smpp?dlr_err=%03%00+&', '032'],
  ])('reads the error of the network in %s', (D, error) => {
    expect(readKannelReport({ d: '2', A: 'stat:UNDELIV err:000', D })?.detail).toBe(`UNDELIV err:${error}`);
  });

  it('a queue behind the gateway is no failure', () => {
    const query = { d: '16', A: 'NACK/3: Queued for later delivery' };
    expect(readKannelReport(query, {})).toEqual(unknown('NACK/3: Queued for later delivery'));
  });

  it('throttling at the SMSC is the provider, not the number', () => {
    expect(readKannelReport({ d: '16', A: 'NACK/0x00000058/Throttling error' }, {})).toEqual(
      passing('provider', 'NACK/0x00000058'),
    );
  });

  it('unknown and failed (0x42) is unknown', () => {
    expect(readKannelReport({ d: '66', A: '' }, {})).toEqual(unknown('dlr 66'));
  });

  it.each([[''], ['x'], ['-1'], ['1e3'], ['99999']])('d=%s is no report', (d) => {
    expect(readKannelReport({ d }, {})).toBeNull();
  });

  it('R8 keeps nothing of the receipt that could be the message', () => {
    const query = { d: '2', A: 'id:1 stat:UNDELIV err:001 text:Your code is 123456' };
    expect(JSON.stringify(readKannelReport(query, {}))).not.toContain('123456');
    const nack = { d: '16', A: 'NACK/Your code is 123456' };
    expect(JSON.stringify(readKannelReport(nack, {}))).not.toContain('123456');
  });
});
