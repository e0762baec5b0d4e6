import { createClient } from 'redis';

/** One command to one Redis or Sentinel on loopback, on a connection of its own. @throws when nobody answers there. */
export async function askRedis(port: number, ...command: string[]): Promise<unknown> {
  const client = createClient({ url: `redis://127.0.0.1:${String(port)}`, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.sendCommand(command);
  } finally {
    if (client.isOpen) client.destroy();
  }
}
