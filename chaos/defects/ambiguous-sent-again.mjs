// I6: a message whose submit had no clear answer is sent once more, to be sure.
import { plantInMethod } from '../plant.mjs';

const file = 'delivery/adapters/postgres-due-deliveries.js';
await plantInMethod(file, 'PostgresDueDeliveries', 'settle', (settle, due, to, attempt) =>
  settle(due, attempt?.status === 'ambiguous' && due.attempts < 2 ? { status: 'queued', inMs: 0 } : to, attempt),
);
