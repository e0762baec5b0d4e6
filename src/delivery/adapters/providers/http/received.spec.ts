import { describe, expect, it } from 'vitest';
import { placeSchema, readAt } from './place.js';
import { Received } from './received.js';

const read = (place: object, body: string, headers = {}, query = {}) =>
  readAt(placeSchema.parse(place), new Received(headers, body, query));

describe('a place in what a gateway sends', () => {
  const json = '{"id":1234567890123456789,"a":[{"b":"x"},{"b":true}],"o":{"k.1":1.50,"e":"","n":null}}';
  it.each([
    ['$.id', '1234567890123456789'],
    ['$.a[1].b', 'true'],
    ['$.a.0.b', 'x'],
    ['$.a.b', 'x'],
    ["$.o['k.1']", '1.50'],
    ['$.none | $.id', '1234567890123456789'],
    ['$.o.n', undefined],
    ['$.o.e', undefined],
    ['$.o', undefined],
    ['$.a[7].b', undefined],
    ['$.constructor', undefined],
    ['$.id.length', undefined],
  ])('%s of a JSON body', (path, value) => {
    expect(read({ json: path }, json)).toBe(value);
  });

  const xml = '<?xml version="1.0"?><s:r xmlns:s="u"><m id="7"> one </m><m id="8">002</m><e a="1"/></s:r>';
  it.each([
    ['/r/m', 'one'],
    ['/r/m[2]', '002'],
    ['/r/m[2]/@id', '8'],
    ['/r/m[3]', undefined],
    ['/r/e[1]/@a', '1'],
    ['/r/e', undefined],
    ['/x | /r/m[2]', '002'],
    ['/r', undefined],
  ])('%s of an XML body', (path, value) => {
    expect(read({ xml: path }, xml)).toBe(value);
  });

  it('reads plain answers, forms, headers and parameters', () => {
    expect(read({ regex: '^id=(\\d+)|^ID: (\\d+)' }, 'OK\nID: 42\n')).toBe('42');
    expect(read({ regex: 'OK' }, 'OK\nID: 42\n')).toBe('OK');
    expect(read({ form: 'status | state' }, 'state=ok&id=1\n')).toBe('ok');
    expect(read({ header: 'X-Id' }, '', { 'x-id': 'h1' })).toBe('h1');
    expect(read({ query: 'toString | id' }, '', {}, { id: 'q1' })).toBe('q1');
  });

  it('expands no entity and reads no document type', () => {
    const bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><m>&b;</m></r>';
    expect(read({ xml: '/r/m' }, bomb)).toBeUndefined();
    expect(read({ xml: '/r/m' }, '<r><m>&lt;x&gt;</m></r>')).toBe('&lt;x&gt;');
    expect(read({ xml: '/r/m' }, 'no XML')).toBeUndefined();
    expect(read({ json: '$.m' }, '{"m":')).toBeUndefined();
  });

  it('shows a pattern the beginning of a body only', () => {
    expect(read({ regex: 'end' }, `${'x'.repeat(5_000)}end`)).toBeUndefined();
  });
});
