import type { Deployment } from './deployment.js';
import { sendsGrowOlder } from './limit-counters.js';
import type { Login } from './login.js';

const PAUSES_MS = { cooldown: 31_000, tenMinutes: 601_000 };

/**
 * Lets the pause before a resend pass without waiting: the verification's own in Postgres, and in Redis, for all recipients of
 * its application, the window of a limit rule.
 */
export async function passCooldown(login: Login, pause: keyof typeof PAUSES_MS = 'cooldown'): Promise<void> {
  const { deployment, id, tenant } = login;
  await deployment.database.query('UPDATE verifications SET resend_at = now() WHERE id = $1', [id]);
  await passPause(deployment, pause, tenant);
}

/** Lets the window of a rule about an application's sends pass. */
export async function passPause(
  { redis, tenant }: Deployment,
  pause: keyof typeof PAUSES_MS = 'cooldown',
  { applicationId } = tenant,
): Promise<void> {
  await sendsGrowOlder(redis, PAUSES_MS[pause], applicationId);
}

/** Lets some minutes pass for a person's authenticators: the codes that they show now are new ones. */
export async function passTimeSteps({ database }: Deployment, subject: string): Promise<void> {
  await database.query('UPDATE factors SET last_step = last_step - 10 WHERE subject = $1', [subject]);
}

/** Ends the verification's life at once, by the clocks of both stores. Its state stays in Redis, as it does after a real end. */
export async function passLife({ deployment, id }: Login): Promise<void> {
  await deployment.redis.hSet(stateKey(id), 'ends', String(Date.now()));
  await deployment.database.query('UPDATE verifications SET expires_at = now() WHERE id = $1', [id]);
}

/** Lets everything that the verification's deliveries wait for come now. */
export async function passReportTimeout({ deployment, id }: Login): Promise<void> {
  await deployment.database.query('UPDATE deliveries SET due_at = now() WHERE message_id = $1 AND due_at IS NOT NULL', [
    id,
  ]);
}

/** The one key of a verification in Redis. */
export const stateKey = (id: string) => `einmal:v:{${id}}`;
