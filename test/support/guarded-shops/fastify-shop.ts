import type { Einmal } from 'einmal/client';
import { requireApproval } from 'einmal/fastify';
import { fastify } from 'fastify';
import { paid, userOf, type Shop } from './shop.js';

export async function fastifyShop(einmal: Einmal): Promise<Shop> {
  const app = fastify({ forceCloseConnections: true });
  const approved = requireApproval(einmal, {
    purpose: 'payment',
    subject: userOf,
    binding: (request) => request.body as { amount?: string; payee?: string },
  });
  app.post('/payments', { preHandler: approved }, (request) => paid(request.approval));
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), stop: () => app.close() };
}
