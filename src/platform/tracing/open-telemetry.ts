import {
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind as Kinds,
  SpanStatusCode,
  trace,
  type Span,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceSettings } from './trace-settings.js';
import { VERSION } from '../version.js';
import type { OpenSpan, SpanKind, Tracing } from './traced.js';

const KINDS = {
  server: Kinds.SERVER,
  consumer: Kinds.CONSUMER,
  client: Kinds.CLIENT,
  internal: Kinds.INTERNAL,
} satisfies Record<SpanKind, Kinds>;

/** Spans are sent in batches; a collector that is away loses them and delays nothing. */
const SEND_EVERY_MS = 1_000;

/** Starts tracing: spans over OTLP/HTTP as JSON. Loaded only when traces are wanted, because the SDK takes time and memory. */
export function openTelemetry({ endpoint, headers, serviceName, ratio }: TraceSettings): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(ratio),
      remoteParentSampled: new ChanceSampler(ratio),
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: SEND_EVERY_MS })],
  });
  const tracer = provider.getTracer('einmal');
  const current = new AsyncLocalStorage<Span>();
  return {
    open({ name, kind, fields }, traceparent) {
      const parent = remoteParent(traceparent) ?? current.getStore();
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      return new OtelSpan(tracer.startSpan(name, { kind: KINDS[kind], attributes: fields }, context));
    },
    within: (span, work) => (span instanceof OtelSpan ? current.run(span.span, work) : work()),
    inside: () => current.getStore() !== undefined,
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/**
 * Takes a share by chance. Whoever sends a `traceparent` may ask for no trace, but not for one more than the share: neither by
 * its flag nor by a trace id that a sampler by trace id would take.
 */
class ChanceSampler implements Sampler {
  constructor(private readonly ratio: number) {}

  shouldSample() {
    return { decision: Math.random() < this.ratio ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }
}

class OtelSpan implements OpenSpan {
  constructor(readonly span: Span) {}

  add(fields: Parameters<OpenSpan['add']>[0]): void {
    this.span.setAttributes(fields);
  }

  fail(reason: string): void {
    this.span.setAttribute('error.type', reason);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }
}

/** W3C Trace Context, `traceparent`: version, trace, span and flags in hexadecimal. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})(-|$)/;

function remoteParent(traceparent = ''): Span | undefined {
  const { traceId = '', spanId = '', flags = '' } = TRACEPARENT.exec(traceparent)?.groups ?? {};
  const context = { traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(context) ? trace.wrapSpanContext(context) : undefined;
}
