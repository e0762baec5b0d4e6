import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createEinmal } from './client.js';
import { readSettings } from './settings.js';

const apiKey = 'ek_secret';
const baseOf = (baseUrl: string) => readSettings({ baseUrl, apiKey }).base;

test('takes https anywhere, and http only on this machine', () => {
  expect(baseOf('https://einmal.internal/')).toBe('https://einmal.internal');
  expect(baseOf('https://gate.example/einmal/')).toBe('https://gate.example/einmal');
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'einmal.localhost'])
    expect(baseOf(`http://${host}/`)).toBe(`http://${host}`);
});

test.each([
  'http://einmal.internal',
  'http://localhost.example.org',
  'http://127.0.0.1.example.org',
  'http://10.0.0.7:3000',
  'ftp://einmal.internal',
  'einmal.internal',
  '',
  undefined,
  'https://user:password@einmal.internal',
  'https://einmal.internal/?key=1',
  'https://einmal.internal/#v1',
])('refuses baseUrl %j', (baseUrl) => {
  expect(() => readSettings({ baseUrl, apiKey })).toThrow(TypeError);
});

test('takes http to another machine from who says that it is meant', () => {
  expect(readSettings({ baseUrl: 'http://einmal:3000', apiKey, allowHttp: true }).base).toBe('http://einmal:3000');
});

test.each([undefined, '', 'ek_with\nline', 'ek_ü', ' ek_secret'])(
  'refuses the API key %j without quoting it',
  (key) => {
    expect(() => readSettings({ baseUrl: 'https://einmal.internal', apiKey: key })).toThrow(/^apiKey must be/);
  },
);

test.each([0, -1, Number.NaN, Infinity])('refuses to wait for %d ms', (timeoutMs) => {
  expect(() => readSettings({ baseUrl: 'https://einmal.internal', apiKey, timeoutMs })).toThrow(TypeError);
});

test('R8 neither the client nor what it throws shows the API key or a password', () => {
  const einmal = createEinmal({ baseUrl: 'https://einmal.internal', apiKey });
  const shown = [inspect(einmal, { depth: 9, showHidden: true }), JSON.stringify(einmal), Object.values(einmal).join()];
  for (const baseUrl of ['https://u:ek_secret@einmal.internal', 'http://ek_secret', '//ek_secret'])
    try {
      createEinmal({ baseUrl, apiKey });
    } catch (error) {
      shown.push(inspect(error));
    }
  expect(shown.length).toBe(6);
  for (const text of shown) expect(text).not.toContain('ek_secret');
});
