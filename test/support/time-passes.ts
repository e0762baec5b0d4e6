import type { Deployment } from './deployment.js';
import type { Login } from './login.js';

/**
 * Lets the pause before a resend pass without waiting: the verification's own in Postgres, and in Redis, for all recipients of
 * its application, what the named rules have counted.
 */
export async function passCooldown(login: Login, rules = ['recipient-cooldown']): Promise<void> {
  const { deployment, id, tenant } = login;
  await deployment.database.query('UPDATE verifications SET resend_at = now() WHERE id = $1', [id]);
  await forgetCounts(deployment, rules, tenant);
}

/** Empties an application's counters of some limit rules. */
export async function forgetCounts(deployment: Deployment, rules: string[], tenant = deployment.tenant): Promise<void> {
  for (const rule of rules) {
    const keys = await deployment.redis.keys(`einmal:limits:{${tenant.applicationId}}:${rule}/*`);
    await deployment.redis.del(...keys);
  }
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
