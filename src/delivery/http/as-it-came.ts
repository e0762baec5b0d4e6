import type { FastifyRequest } from 'fastify';
import type { VendorCallback } from '../application/vendor-callback.js';

/** The names in the path of an address that a vendor calls back. */
export interface VendorPath {
  providerId: string;
  attemptId?: string;
  mac?: string;
}

/** A vendor's request with nothing read into it: signatures are over the bytes and the address as they came. */
export function asItCame(path: VendorPath, request: FastifyRequest): VendorCallback {
  const { method, originalUrl, body } = request;
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return { ...path, method, path: originalUrl, headers: single(request), rawBody };
}

function single({ headers }: FastifyRequest): Record<string, string> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return Object.fromEntries(given) as Record<string, string>;
}
