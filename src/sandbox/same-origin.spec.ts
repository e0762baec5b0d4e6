import { describe, expect, it } from 'vitest';
import { refusalFor } from './same-origin.js';

const PUBLIC_URL = 'https://staging.example.org';

describe('who may use the sandbox without a key', () => {
  it.each([
    ['a client that is no browser', { host: 'localhost:3000' }],
    ['an address', { host: '192.168.1.7:3000' }],
    ['an IPv6 address', { host: '[::1]:3000' }],
    ['a name inside a container network', { host: 'einmal:3000' }],
    ['a typed address', { host: 'localhost:3000', 'sec-fetch-site': 'none' }],
    ['the page itself', { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    ['the page under PUBLIC_URL', { host: 'staging.example.org', origin: PUBLIC_URL }],
    ['the page behind a proxy that changes Host', { host: '10.0.0.4:3000', origin: PUBLIC_URL }],
  ])('lets %s in', (_, headers) => {
    expect(refusalFor(headers, PUBLIC_URL)).toBeNull();
  });

  it.each([
    ['another site', { host: 'localhost:3000', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { host: 'localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['an old browser on another site', { host: 'localhost:3000', origin: 'https://evil.example' }],
    ['a sandboxed frame', { host: 'localhost:3000', origin: 'null' }],
  ])('keeps %s out', (_, headers) => {
    expect(refusalFor(headers, PUBLIC_URL)).toBe('other-site');
  });

  it.each([
    ['a name pointed at this machine', { host: 'evil.example:3000' }],
    ['its page', { host: 'evil.example:3000', origin: 'http://evil.example:3000', 'sec-fetch-site': 'same-origin' }],
    ['no host at all', {}],
  ])('keeps %s out', (_, headers) => {
    expect(refusalFor(headers, PUBLIC_URL)).toBe('other-host');
  });
});
