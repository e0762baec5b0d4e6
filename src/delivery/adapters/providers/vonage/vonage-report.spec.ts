import { describe, expect, it } from 'vitest';
import { receiptParameters } from './vonage-report.js';

const read = (body: string) =>
  receiptParameters({
    method: 'POST',
    url: 'https://einmal.example/',
    query: {},
    headers: {},
    rawBody: Buffer.from(body),
  });

describe('the parameters of a receipt', () => {
  const many = Array.from({ length: 201 }, (_, n): [string, string] => [`p${String(n)}`, 'x']);

  it.each([
    ['a form', 'status=delivered&err-code=0'],
    ['JSON', '{"status":"delivered","err-code":0}'],
  ])('are read from %s', (_, body) => {
    expect(read(body)).toEqual({ status: 'delivered', 'err-code': '0' });
  });

  it.each([
    ['a form', new URLSearchParams(many).toString()],
    ['JSON', JSON.stringify(Object.fromEntries(many))],
  ])('are none where %s has more of them than any receipt', (_, body) => {
    expect(read(body)).toEqual({});
  });
});
