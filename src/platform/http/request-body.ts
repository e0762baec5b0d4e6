import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * JSON bodies everywhere, with an empty one allowed (resend and cancel need none); raw bytes of any type below `rawPrefix`,
 * where signatures are over the bytes as they came. Anything else is 415.
 */
export function parseBodies(instance: FastifyInstance, rawPrefix: string): void {
  const json = instance.getDefaultJsonParser('error', 'error');
  const isRaw = (request: FastifyRequest) => request.url.startsWith(rawPrefix);

  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isRaw(request)) done(null, body);
    else if (body.length === 0) done(null, undefined);
    else void json(request, body.toString('utf8'), done);
  });
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isRaw(request)) done(null, body);
    else done(Object.assign(new Error('Unsupported media type'), { statusCode: 415 }));
  });
}
