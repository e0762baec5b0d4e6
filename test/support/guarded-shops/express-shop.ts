import type { Einmal } from 'einmal/client';
import { requireApproval } from 'einmal/express';
import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { paid, userOf, type Shop } from './shop.js';

export async function expressShop(einmal: Einmal): Promise<Shop> {
  const app = express();
  app.use(express.json());
  const approved = requireApproval(einmal, {
    purpose: 'payment',
    subject: userOf,
    binding: (request) => request.body as { amount?: string; payee?: string },
  });
  app.post('/payments', approved, (request, response) => {
    response.json(paid(request.approval));
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () => {
      server.closeAllConnections();
      return once(server.close(), 'close');
    },
  };
}
