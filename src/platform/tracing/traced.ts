/** What a span says about its work. Never a code, a recipient, or anything a provider or a caller wrote. */
export type SpanFields = Record<string, string | number | boolean>;

/** `server` answers a request, `consumer` takes something from a queue, `client` asks somebody else, `internal` is our own work. */
export type SpanKind = 'server' | 'consumer' | 'client' | 'internal';

export interface OpenSpan {
  add(fields: SpanFields): void;
  /** @param reason a name or a code, never a message: those may quote what was sent. */
  fail(reason: string): void;
  end(): void;
}

/** Where spans come from when traces are wanted; open-telemetry.ts has the one there is. */
export interface Tracing {
  /** @param traceparent W3C trace context of whoever asked; what is no such thing is ignored. Else a child of the span around. */
  open(span: { name: string; kind: SpanKind; fields: SpanFields }, traceparent?: string): OpenSpan;
  /** Runs what belongs to a span: spans opened meanwhile are its children. */
  within<T>(span: OpenSpan, work: () => T): T;
  /** Whether this runs within a span. */
  inside(): boolean;
  /** Sends what is still to be sent. Never throws. */
  close(): Promise<void>;
}

let tracing: Tracing | null = null;

/** Traces from now on, for the whole process; null: no more. */
export function traceWith(started: Tracing | null): void {
  tracing = started;
}

/**
 * Does some work in a span of its own. Without tracing it is just done; so is what only helps with something, while it helps with
 * nothing that is traced: a poll that finds nothing is worth no trace.
 */
export function traced<T>(name: string, kind: SpanKind, fields: SpanFields, work: () => Promise<T>): Promise<T> {
  return tracing && (kind === 'consumer' || tracing.inside()) ? inSpan(tracing, { name, kind, fields }, work) : work();
}

async function inSpan<T>(
  by: Tracing,
  span: { name: string; kind: SpanKind; fields: SpanFields },
  work: () => Promise<T>,
): Promise<T> {
  const open = by.open(span);
  try {
    return await by.within(open, work);
  } catch (error) {
    open.fail(error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    open.end();
  }
}
