import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Env } from '../../env.js';
import type { Runtime } from '../runtime.js';
import { tellAnswers } from './answered.js';
import { answerBadUrls } from './bad-url.js';
import { allowLargerBodies } from './body-limit.js';
import { answerClientError } from './client-error.js';
import { answerWrongMethods } from './method-not-allowed.js';
import { boundPipelining } from './pipelining.js';
import { NO_RAW_BODIES } from './raw-bodies.js';
import { parseBodies } from './request-body.js';
import { requestIds } from './request-id.js';
import { securityHeaders } from './security-headers.js';

/** Sizes and times a client can not exceed; Node's own are far longer (CVE-2018-12122 and the like). */
const BODY_LIMIT = 16 * 1024;
const HEADERS_LIMIT = 8 * 1024;
const HEADERS_MS = 9_000;
const REQUEST_MS = 14_000;
/** Node looks for requests that take too long only so often, every 30 s by default: with this they end by 10 s and 15 s (R59). */
const CHECK_EVERY_MS = 500;
/** Longer than the idle time of usual load balancers, so that it is they who close. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Fastify with the service's bounds, and problem+json for what never reaches a controller.
 *
 * @param raw what is not JSON.
 */
export function fastifyAdapter(env: Env, runtime: Runtime, raw = NO_RAW_BODIES): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: env.trustedProxies.length > 0 ? env.trustedProxies : false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
    genReqId: requestIds(),
    // What still comes in over an open connection while stopping is answered like everything before it.
    return503OnClosing: false,
    http: { headersTimeout: HEADERS_MS, maxHeaderSize: HEADERS_LIMIT, connectionsCheckingInterval: CHECK_EVERY_MS },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerBadUrls(),
  });
  const instance = adapter.getInstance<FastifyInstance>();
  boundPipelining(instance);
  allowLargerBodies(instance, raw.most);
  parseBodies(instance, raw.below);
  instance.addHook('onRequest', (request: FastifyRequest, reply, done) => {
    void reply.headers(securityHeaders(request)).header('X-Request-Id', request.id);
    done();
  });
  // Asked when it is answered: a request that came before the stop would else keep its connection, and so this process, alive.
  instance.addHook('onSend', (_request, reply, _payload, done) => {
    // A balancer that still has this connection must open its next one elsewhere.
    if (!runtime.accepting) void reply.header('Connection', 'close');
    done();
  });
  answerWrongMethods(instance);
  tellAnswers(instance);
  return adapter;
}
