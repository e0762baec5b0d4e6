import type { FastifyInstance, FastifyRequest } from 'fastify';

/** JSON is UTF-8 (RFC 8259 8.1). Anything else is refused: replaced bytes would make one text of two. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON bodies everywhere, with an empty one allowed (resend and cancel need none); raw bytes of any type below `rawPrefixes`,
 * where signatures are over the bytes as they came. Anything else is 415.
 */
export function parseBodies(instance: FastifyInstance, rawPrefixes: readonly string[]): void {
  const json = instance.getDefaultJsonParser('error', 'error');
  const isRaw = (request: FastifyRequest) => rawPrefixes.some((prefix) => request.url.startsWith(prefix));

  // Fastify's own would take text/plain.
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isRaw(request)) done(null, body);
    else if (body.length === 0) done(null, undefined);
    else {
      const text = decode(body);
      if (text === null) done(refusal(400));
      else void json(request, text, done);
    }
  });
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isRaw(request)) done(null, body);
    else done(refusal(415));
  });
}

function decode(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}

const refusal = (statusCode: number) => Object.assign(new Error('The body is refused.'), { statusCode });
