import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Settings {
  /** Where Einmal is. */
  service: string;
  apiKey: string;
  port: number;
  /** Where people find this site. */
  site: URL;
  trustedProxies: string[];
}

/**
 * From the environment; without it, what `npm start` has made is found on this machine.
 *
 * @throws in one line, what to do.
 */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const port = Number(env['PORT'] ?? 3001);
  const service = env['EINMAL_URL'] ?? 'http://localhost:3000';
  await checkIsReady(service);
  return {
    service,
    apiKey: env['EINMAL_API_KEY'] ?? (await firstKey(env['DATA_DIR'] ?? './data')),
    port,
    site: new URL(env['SITE_URL'] ?? `http://localhost:${String(port)}`),
    trustedProxies: (env['TRUSTED_PROXIES'] ?? '').split(',').filter((proxy) => proxy !== ''),
  };
}

async function checkIsReady(service: string): Promise<void> {
  const isReady = await fetch(`${service}/readyz`, { signal: AbortSignal.timeout(5_000) })
    .then(({ ok }) => ok)
    .catch(() => false);
  if (!isReady) throw new Error(`Einmal is not ready at ${service}: start it with "npm start", or set EINMAL_URL.`);
}

async function firstKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'first-key');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new Error(`There is no API key in ${file}: set EINMAL_API_KEY, or DATA_DIR as the service has it.`);
  }
}
