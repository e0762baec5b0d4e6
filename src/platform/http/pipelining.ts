import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Requests that one connection may have open. Balancers and clients of today send one at a time; RFC 9112 9.3.2 allows more. */
const MOST_OPEN = 16;

/**
 * Cuts a connection that sends many requests without waiting for answers. Node takes all that one read brought (64 KiB: more than a
 * thousand requests) before anybody else has a turn, and takes no account of how many it is.
 */
export function boundPipelining(instance: FastifyInstance): void {
  const connections = new WeakMap<object, { open: number }>();
  const change = ({ raw: { socket } }: FastifyRequest, by: 1 | -1): number => {
    let connection = connections.get(socket);
    if (!connection) connections.set(socket, (connection = { open: 0 }));
    return (connection.open += by);
  };
  instance.addHook('onRequest', (request, _reply, done) => {
    if (change(request, 1) <= MOST_OPEN) done();
    else request.raw.socket.destroy();
  });
  instance.addHook('onResponse', (request, _reply, done) => {
    change(request, -1);
    done();
  });
}
