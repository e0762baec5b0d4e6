import jsqr from 'jsqr';
import { expect, it } from 'vitest';
import { totpUri } from '../domain/totp-uri.js';
import { qrCode } from './qr-code.js';

const PIXELS = 4;

/** What a scanner sees of it: the shapes drawn, four pixels for each module. */
function scanned(svg: string): string | undefined {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) * PIXELS;
  const [background, drawn] = svg.match(/<path [^>]+>/g) ?? [];
  expect(background).toBe(`<path fill="#fff" d="M0 0h${String(size / PIXELS)}v${String(size / PIXELS)}H0z"/>`);
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [, x = 0, y = 0, width = 0, back] of drawn?.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g) ?? []) {
    expect(back).toBe(width);
    for (let row = Number(y) * PIXELS; row < (Number(y) + 1) * PIXELS; row += 1)
      for (let column = Number(x) * PIXELS; column < (Number(x) + Number(width)) * PIXELS; column += 1)
        pixels.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3);
  }
  return jsqr.default(pixels, size, size)?.data;
}

const made = { secret: 'JBSWY3DPEHPK3PXP', algorithm: 'SHA1', digits: 6, period: 30 } as const;

it('R70 what a phone scans is the address, to the last character', () => {
  const uri = totpUri({ ...made, issuer: 'Müller & Sohn', account: 'anna@example.org' });
  expect(scanned(qrCode(uri))).toBe(uri);
});

it('there is room for the longest address', () => {
  const uri = totpUri({ ...made, issuer: '🛒'.repeat(64), account: '👩'.repeat(64), secret: 'A'.repeat(103) });
  expect(qrCode(uri)).toMatch(/^<svg /);
});
