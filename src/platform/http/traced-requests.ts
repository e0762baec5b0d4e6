import type { FastifyInstance } from 'fastify';
import type { OpenSpan, Tracing } from '../tracing/traced.js';
import { OUR_ID } from './our-id.js';

/** A span for every request, named by its route; what is done for the request are its children. */
export function traceRequests(instance: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<object, OpenSpan>();
  instance.addHook('onRequest', (request, _reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const fields = { 'http.request.method': method, 'http.route': route, 'einmal.request.id': request.id };
    const { traceparent } = request.headers;
    const span = tracing.open(
      { name: `${method} ${route}`, kind: 'server', fields },
      typeof traceparent === 'string' ? traceparent : undefined,
    );
    spans.set(request, span);
    tracing.within(span, done);
  });
  // A body is read by the socket's own callbacks, in which the span is lost.
  instance.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) tracing.within(span, done);
    else done();
  });
  instance.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    const { id = '' } = (request.params ?? {}) as { id?: string };
    if (id.startsWith('ver_') && OUR_ID.test(id)) span?.add({ 'einmal.verification.id': id });
    span?.add({ 'http.response.status_code': reply.statusCode, 'einmal.problem': reply.problem?.code ?? '' });
    if (reply.statusCode >= 500) span?.fail(String(reply.statusCode));
    span?.end();
    done();
  });
}
