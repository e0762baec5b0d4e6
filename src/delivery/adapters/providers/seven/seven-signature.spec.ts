import { Client, SmsResource, WebhookVerifier } from '@seven.io/client';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ReportRequest } from '../../../application/provider.js';
import { isSignedBySeven, sevenSignature } from './seven-signature.js';

const KEY = 'fr4nk0pUR';
const requests = fc.record({
  method: fc.constantFrom('POST', 'GET', 'post'),
  url: fc.webUrl({ withQueryParameters: true }),
  // seven's own code reads the body as UTF-8.
  rawBody: fc.string({ unit: 'binary' }).map((body) => Buffer.from(body, 'utf8')),
  nonce: fc.stringMatching(/^[0-9A-Za-z]{32}$/),
  ageSeconds: fc.oneof(fc.integer({ min: -299, max: 299 }), fc.integer({ min: -100_000, max: 100_000 })),
});

/** The signature of seven’s own package is the measure. */
describe('R31 seven’s signature', () => {
  it('is believed exactly where seven’s own package believes it', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.constantFrom('', 'url', 'body', 'key', 'nonce'), async (made, tampered) => {
        const { method, url, rawBody, nonce, ageSeconds } = made;
        const nowMs = Date.now();
        const timestamp = String(Math.floor(nowMs / 1_000) - ageSeconds);
        const signature = sevenSignature(tampered === 'key' ? 'another' : KEY, {
          method,
          url,
          rawBody,
          timestamp,
          nonce,
        });
        const request: ReportRequest = {
          ...{ method, query: {}, url: tampered === 'url' ? `${url}x` : url },
          rawBody: tampered === 'body' ? Buffer.concat([rawBody, Buffer.from(' ')]) : rawBody,
          headers: {
            ...{ 'x-timestamp': timestamp, 'x-signature': signature },
            'x-nonce': tampered === 'nonce' ? `${nonce}0` : nonce,
          },
        };
        // A string: the package does not know Node's buffers.
        const body = request.rawBody.toString('utf8');
        const { valid } = await new WebhookVerifier({ signingSecret: KEY }).verify({ ...request, body });
        expect(isSignedBySeven(request, KEY, nowMs)).toBe(valid);
        expect(valid).toBe(tampered === '' && Math.abs(ageSeconds) <= 300);
      }),
    );
  });

  it('is what seven’s own package makes', async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      sent.push({ url, init });
      return Promise.resolve(new Response('{}'));
    });
    await new SmsResource(new Client({ apiKey: 'x', signingSecret: KEY })).dispatch({ to: ['49170'], text: 'Grüße' });
    vi.unstubAllGlobals();
    const { url = '', init } = sent[0] ?? {};
    const headers = Object.fromEntries(new Headers(init?.headers));
    const request = { method: 'POST', url, query: {}, headers, rawBody: Buffer.from(init?.body as string) };
    expect(isSignedBySeven(request, KEY, Date.now())).toBe(true);
  });

  it.each([{}, { 'x-timestamp': '1e9' }, { 'x-timestamp': '-1' }, { 'x-timestamp': '' }])(
    'is not there: %o',
    (over) => {
      const request = { method: 'POST', url: 'https://x.example/', query: {}, rawBody: Buffer.alloc(0) };
      expect(isSignedBySeven({ ...request, headers: { 'x-nonce': 'n', 'x-signature': '', ...over } }, KEY, 0)).toBe(
        false,
      );
    },
  );
});
