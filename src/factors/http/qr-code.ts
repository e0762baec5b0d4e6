import { encodeQR } from 'qr';

/** Modules of light around the code that scanners look for (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * A QR code as SVG, to be put into a page as it is. It brings its own light background, as pages may be dark.
 *
 * @param text at most 2,953 bytes. Least error correction: what is shown on a screen is whole, and larger squares scan better
 */
export function qrCode(text: string): string {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET_ZONE });
  const size = String(rows.length);
  const dark = rows.flatMap((row, y) =>
    runsOf(row).map(({ x, length }) => `M${String(x)} ${String(y)}h${length}v1h-${length}z`),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark.join('')}"/></svg>`
  );
}

/** Neighbours are one shape: between two there would be a hairline of light. */
function runsOf(row: readonly boolean[]): { x: number; length: string }[] {
  const runs = row
    .map((dark) => (dark ? '1' : '0'))
    .join('')
    .matchAll(/1+/g);
  return Array.from(runs, ({ index, 0: run }) => ({ x: index, length: String(run.length) }));
}
