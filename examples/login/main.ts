import { createEinmal } from 'einmal/client';
import { once } from 'node:events';
import { demoUsers, usersOf } from './users/demo-users.js';
import { createApp } from './app.js';
import { readSettings } from './settings.js';

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const { service, apiKey, port, site, trustedProxies } = await readSettings(process.env);
  const people = demoUsers();
  const app = createApp({
    einmal: createEinmal({ baseUrl: service, apiKey }),
    users: await usersOf(people),
    demo: { people, inbox: service },
    ...{ site, trustedProxies },
  });
  await once(app.listen(port, 'localhost'), 'listening');
  console.log(`The example is at ${site.href}\nMessages arrive at ${service}/`);
}
