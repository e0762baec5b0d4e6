import { describe, expect, it } from 'vitest';
import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';
import { meaningIn } from './report-meaning.js';

/** 0 and 1 are statuses, and stand for no error and for an error as codes. */
const statuses: StatusMap = {
  0: { status: 'delivered' },
  1: { status: 'underway' },
  2: permanent('other'),
  5: permanent('unknown-number'),
  lost: { status: 'unknown' },
  DELIVERED: { status: 'underway' },
  '2 7': { status: 'delivered' },
};

describe('what a report of a described gateway means', () => {
  it.each([
    ['3', '0', 'unknown'],
    ['lost', '0', 'unknown'],
    ['lost', 'DELIVRD', 'unknown'],
    ['3', '1', 'underway'],
    ['3', '2', 'failed'],
    ['2', '0', 'failed'],
    ['2', '1', 'failed'],
    ['0', '2', 'delivered'],
    ['1', '2', 'underway'],
    ['2', '7', 'delivered'],
  ])('R36 no code makes good news: status %s and code %s are %s', (status, code, means) => {
    expect(meaningIn(status, code, { statuses }).status).toBe(means);
  });

  it('codes may be explained apart from statuses', () => {
    const codes = { 0: transient('busy'), 5: { status: 'delivered' } as const };
    expect(meaningIn('2', '0', { statuses, codes })).toEqual(transient('busy'));
    expect(meaningIn('2', '2', { statuses, codes })).toEqual(permanent('other'));
    expect(meaningIn('2', '5', { statuses, codes })).toEqual(permanent('other'));
    expect(meaningIn('9', '5', { statuses, codes })).toEqual({ status: 'unknown' });
  });

  it.each([
    ['delivered', 'delivered'],
    ['Delivered', 'delivered'],
    ['failed', 'failed'],
    ['Undeliv', 'failed'],
    ['enroute', 'underway'],
  ])('words of receipts are known in any spelling: %s', (word, means) => {
    expect(meaningIn(word, undefined, {}).status).toBe(means);
  });

  it('the operator’s meaning of a word goes first, in any spelling', () => {
    expect(meaningIn('delivered', undefined, { statuses }).status).toBe('underway');
    expect(meaningIn('DELIVRD', undefined, { statuses: { delivrd: permanent('other') } }).status).toBe('failed');
  });

  it.each([
    ['ESME_RINVMSGLEN', undefined, 'failed'],
    ['ESME_ROK', '5', 'underway'],
    ['ESME', undefined, 'unknown'],
    ['DELIVRD', '0', 'delivered'],
  ])('words may be known by their beginning: %s', (word, code, means) => {
    const own: StatusMap = { ESME_ROK: { status: 'underway' }, 'ESME_*': permanent('other'), 5: permanent('busy') };
    expect(meaningIn(word, code, { statuses: own }).status).toBe(means);
  });
});
