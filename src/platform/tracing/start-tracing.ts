import type { TraceSettings } from './trace-settings.js';
import { traceWith, type Tracing } from './traced.js';

/** Starts tracing where settings are given; null: nobody wants traces, and not even the SDK is loaded. */
export async function startTracing(settings: TraceSettings | null): Promise<Tracing | null> {
  if (!settings) return null;
  const { openTelemetry } = await import('./open-telemetry.js');
  const tracing = openTelemetry(settings);
  traceWith(tracing);
  return tracing;
}
