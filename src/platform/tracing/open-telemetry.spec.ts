import { expect, it } from 'vitest';
import { OtlpReceiver } from '../../../test/support/otlp-receiver.js';
import { openTelemetry } from './open-telemetry.js';

/** A trace id that a sampler by trace id takes however small the share is. */
const CHOSEN = '00000000000000000000000000000001';

/** How many of so many requests with the same `traceparent` are kept. */
async function kept(ratio: number, flags: string, requests: number): Promise<number> {
  const receiver = await OtlpReceiver.start();
  const tracing = openTelemetry({ endpoint: receiver.url, headers: {}, serviceName: 'einmal', ratio });
  for (let n = 0; n < requests; n += 1)
    tracing.open({ name: 'GET /', kind: 'server', fields: {} }, `00-${CHOSEN}-b7ad6b7169203331-${flags}`).end();
  await tracing.close();
  await receiver.stop();
  expect(receiver.spans.every(({ traceId, parentSpanId }) => traceId === CHOSEN && parentSpanId !== undefined)).toBe(
    true,
  );
  return receiver.spans.length;
}

it('nobody who calls can have more traces kept than the share, by flag or by trace id', async () => {
  expect(await kept(0, '01', 20)).toBe(0);
  // One in 2^300 that all or none are kept by chance.
  expect([0, 300]).not.toContain(await kept(0.5, '01', 300));
});

it('goes on with the trace of whoever calls, and hears that none is wanted', async () => {
  expect(await kept(1, '01', 20)).toBe(20);
  expect(await kept(1, '00', 20)).toBe(0);
});
