import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { measureSms } from '../../../domain/sms-text.js';
import { buildRequest } from './build-request.js';
import { requestSchema } from './request.js';

const URL_OF = 'https://gateway.example';
const build = (request: object, values: Record<string, string | number | boolean>) =>
  buildRequest(requestSchema.parse({ url: URL_OF, ...request }), {
    ...{ values, encoding: measureSms(String(values['text'] ?? '')).encoding, common: {} },
  });

/** What would end a value, or begin another, wherever it stands. */
const HOSTILE = [
  'a&b=c',
  '"; x',
  '</text><to>+4900</to>',
  ']]>',
  "'",
  '%0d%0a',
  'a/../b?c#d',
  'ä\u2028€',
  '{to}',
  '\\u0000',
  '+ +',
];

describe('a request', () => {
  it.each(HOSTILE)('carries %j as one value wherever it stands', (text) => {
    const query = new URL(build({ query: { m: 'x{text}&y=1' } }, { text })?.url ?? '').searchParams;
    expect([...query]).toEqual([['m', `x${text}&y=1`]]);
    const path = new URL(build({ url: `${URL_OF}/send/{text}/now` }, { text })?.url ?? '');
    expect(path.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'send', text, 'now']);
    expect([path.search, path.hash]).toEqual(['', '']);
    const form = build({ form: { m: '{text}', n: '1' } }, { text })?.body?.toString();
    expect([...new URLSearchParams(form)]).toEqual([
      ['m', text],
      ['n', '1'],
    ]);
    const json = build({ json: { m: ['{text}', 'so {text}'] } }, { text })?.body?.toString() ?? '';
    expect(JSON.parse(json)).toEqual({ m: [text, `so ${text}`] });
    const xml = build({ xml: '<r><m a="{text}">{text}</m></r>' }, { text })?.body?.toString() ?? '';
    const parser = new XMLParser({
      ignoreAttributes: false,
      parseTagValue: false,
      trimValues: false,
      htmlEntities: true,
    });
    expect(parser.parse(xml)).toEqual({ r: { m: { '#text': text, '@_a': text } } });
  });

  it('carries nothing in a header that a header does not hold', () => {
    expect(build({ headers: { 'X-A': '{text}' } }, { text: 'plain' })?.headers).toEqual({ 'X-A': 'plain' });
    for (const text of ['a\r\nX-B: 1', 'a\nb', 'ä', '\0'])
      expect(build({ headers: { 'X-A': '{text}' } }, { text })).toBeNull();
  });

  it('begins no line of its own in a plain text, unless the text is all there is', () => {
    const text = 'one\r\nto=+4900\u2028two';
    expect(build({ text: 'to={to}\ntext={text}' }, { to: '+49', text })?.body).toBe('to=+49\ntext=one to=+4900 two');
    expect(build({ text: '{text}' }, { text })?.body).toBe(text);
  });

  it('writes Latin-1 where the gateway wants it, and refuses what that does not hold', () => {
    const request = { form: { m: '{text}' }, query: { q: '{text}' }, charset: 'iso-8859-1' };
    expect(build(request, { text: 'für ~1+1' })).toMatchObject({
      body: 'm=f%FCr%20~1%2B1',
      url: `${URL_OF}?q=f%FCr%20~1%2B1`,
    });
    expect(build(request, { text: '5 €' })).toBeNull();
    const plain = build({ text: '{text}', charset: 'iso-8859-1' }, { text: 'für' });
    expect(plain).toMatchObject({
      body: Buffer.from([0x66, 0xfc, 0x72]),
      headers: { 'Content-Type': 'text/plain; charset=iso-8859-1' },
    });
  });

  it('leaves out what is for another encoding, and keeps types in JSON', () => {
    const json = {
      ...{
        text: { gsm7: '{text}' },
        hex: { ucs2: '{hex}' },
        unicode: { gsm7: false, ucs2: true },
        list: [{ ucs2: 1 }, 2],
      },
      ...{
        ttl: '{ttl}',
        as: '{ttl:string}',
        to: '{to:number}',
        told: 'in {ttl} s',
        none: null,
        deep: { ucs2: { x: '{ttl}' } },
      },
    };
    const body = (text: string) =>
      JSON.parse(build({ json }, { text, hex: 'FF', ttl: 90, to: '49151' })?.body?.toString() ?? '') as unknown;
    const both = { ttl: 90, as: '90', to: 49151, told: 'in 90 s', none: null };
    expect(body('Code')).toEqual({ ...both, text: 'Code', unicode: false, list: [2] });
    expect(body('Код')).toEqual({ ...both, hex: 'FF', unicode: true, list: [1, 2], deep: { x: 90 } });
  });

  it('takes JSON as a text, too', () => {
    const json = '{"to":["{to}"],"ttl":"{ttl}","body":"so \\"{text}\\""}';
    const body = build({ json }, { to: '+49', ttl: 9, text: 'a"b' })?.body?.toString() ?? '';
    expect(JSON.parse(body)).toEqual({ to: ['+49'], ttl: 9, body: 'so "a"b"' });
  });

  it.each(HOSTILE)('escapes %j twice in a document within a field', (text) => {
    const form = { xml: { xml: '<r><m>{text}</m></r>' }, json: { json: { m: '{text}' } } };
    const body = new URLSearchParams(build({ form }, { text })?.body?.toString());
    expect(JSON.parse(body.get('json') ?? '')).toEqual({ m: text });
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });
    expect(parser.parse(body.get('xml') ?? '')).toEqual({ r: { m: text } });
  });

  it('keeps a doubled brace, and the operator’s own header before ours', () => {
    const request = { json: { text: '{{{text}}}' }, headers: { 'content-type': 'application/vnd.x+json' } };
    expect(build(request, { text: '1' })).toEqual({
      ...{ method: 'POST', url: URL_OF, headers: { 'content-type': 'application/vnd.x+json' }, body: '{"text":"{1}"}' },
    });
  });

  it.each([
    '<a {x}="1"/>',
    '<{x}/>',
    '<a><!-- {x} --></a>',
    '<a><![CDATA[{x}]]></a>',
    '<!DOCTYPE a><a>{x}</a>',
    '<a {x}></a>',
  ])('has no place in XML where a value could do harm: %s', (xml) => {
    expect(requestSchema.safeParse({ url: URL_OF, xml }).success).toBe(false);
  });
});
