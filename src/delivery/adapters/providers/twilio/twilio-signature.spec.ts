import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, it, vi } from 'vitest';
import type { ReportRequest } from '../../../application/provider.js';
import { signedParameters, twilioSignature } from './twilio-signature.js';

const { getExpectedBodyHash, getExpectedTwilioSignature, validateRequest } = twilio;
const TOKEN = '0123456789abcdef0123456789abcdef';
const ADDRESS = 'https://einmal.example/v1/reports/main/att_1/mac';

const request = (over: Partial<ReportRequest>): ReportRequest => ({
  ...{ method: 'POST', url: ADDRESS, query: {}, headers: {}, rawBody: Buffer.alloc(0) },
  ...over,
});
const signed = (signature: string) => ({ 'x-twilio-signature': signature });
const asObject = (form: URLSearchParams) =>
  Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));

const text = fc.string({ unit: 'binary', maxLength: 12 });
// The oracle keeps its parameters in an object, where numbers come first and `__proto__` is not a name.
const name = text.filter((value) => value !== '__proto__');
const forms = fc
  .array(fc.tuple(fc.oneof(name, fc.constantFrom('ErrorCode', 'MessageStatus')), text), { maxLength: 8 })
  .map((entries) => new URLSearchParams(entries));
const urls = fc
  .tuple(fc.constantFrom('http', 'https'), fc.constantFrom('', ':443', ':80', ':8443'), fc.webPath(), forms)
  .map(([scheme, port, path, query]) => `${scheme}://einmal.example${port}/v1${path}?${query.toString()}`);

describe('R31 Twilio’s signature', () => {
  it('is what Twilio’s own package makes', () => {
    fc.assert(
      fc.property(urls, forms, (url, form) => {
        expect(twilioSignature(TOKEN, url, form)).toBe(getExpectedTwilioSignature(TOKEN, url, asObject(form)));
      }),
      { examples: [[ADDRESS, new URLSearchParams('A=2&B=&A=1&A=2')]] },
    );
  });

  it('is taken where Twilio’s own package takes it, with the port and without', () => {
    fc.assert(
      fc.property(urls, urls, forms, (signedUrl, url, form) => {
        const signature = getExpectedTwilioSignature(TOKEN, signedUrl, asObject(form));
        const rawBody = Buffer.from(form.toString());
        for (const at of [url, signedUrl, signedUrl.replace(/:\d+/, ''), signedUrl.replace(/(:\d+)?\/v1/, ':443/v1')]) {
          const taken = signedParameters(request({ url: at, headers: signed(signature), rawBody }), TOKEN) !== null;
          expect(taken).toBe(validateRequest(TOKEN, signature, at, asObject(form)));
        }
      }),
    );
  });

  it('of JSON is one of its hash in the address', () => {
    const body = '{"MessageSid":"SM1","ErrorCode":30003}';
    const query = { bodySHA256: getExpectedBodyHash(body) };
    const url = `${ADDRESS}?bodySHA256=${query.bodySHA256}`;
    const headers = signed(getExpectedTwilioSignature(TOKEN, url, {}));
    const genuine = request({ url, query, headers, rawBody: Buffer.from(body) });
    expect(signedParameters(genuine, TOKEN)?.get('ErrorCode')).toBe('30003');
    expect(signedParameters({ ...genuine, rawBody: Buffer.from(`${body} `) }, TOKEN)).toBeNull();
    expect(signedParameters({ ...genuine, headers: signed('') }, TOKEN)).toBeNull();
    expect(signedParameters({ ...genuine, query: {}, url: ADDRESS }, TOKEN)).toBeNull();
  });

  it('of a GET is one of its address, and what its body says is not heard', () => {
    const url = `${ADDRESS}?MessageStatus=sent`;
    const genuine = {
      method: 'GET',
      url,
      query: { MessageStatus: 'sent' },
      rawBody: Buffer.from('MessageStatus=read'),
    };
    const headers = signed(twilioSignature(TOKEN, url));
    expect(signedParameters(request({ ...genuine, headers }), TOKEN)?.getAll('MessageStatus')).toEqual(['sent']);
  });

  it.each(['', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'ä'.repeat(28)])('is not %j', (signature) => {
    expect(signedParameters(request({ headers: signed(signature) }), TOKEN)).toBeNull();
  });

  it.each([undefined, '', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA', `${'A'.repeat(28)}=`])(
    'is asked for first: of a body beside %j nothing is read',
    (signature) => {
      const rawBody = Buffer.from('MessageStatus=sent');
      const toString = vi.spyOn(rawBody, 'toString');
      const headers = signature === undefined ? {} : signed(signature);
      expect(signedParameters(request({ headers, rawBody }), TOKEN)).toBeNull();
      expect(toString).not.toHaveBeenCalled();
    },
  );

  it.each([
    [200, true],
    [201, false],
  ])('over %i parameters counts: %j', (count, counts) => {
    const form = new URLSearchParams(Array.from({ length: count }, (_, n): [string, string] => [`p${String(n)}`, '']));
    const headers = signed(twilioSignature(TOKEN, ADDRESS, form));
    const taken = signedParameters(request({ headers, rawBody: Buffer.from(form.toString()) }), TOKEN);
    expect(taken !== null).toBe(counts);
  });

  it('is of one account', () => {
    const headers = signed(twilioSignature('another token', ADDRESS));
    expect(signedParameters(request({ headers }), TOKEN)).toBeNull();
    expect(signedParameters(request({}), TOKEN)).toBeNull();
  });
});
