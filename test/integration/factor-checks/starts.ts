import { randomBytes } from 'node:crypto';
import type { Holder } from '../../support/factor-login.js';
import type { Stage } from './stage.js';

/** How the suites begin logins. */
export const startsOn = (stage: Stage) => ({
  begin: (body: object, idempotencyKey?: string) =>
    stage.calls.post('/v1/verifications', body, idempotencyKey === undefined ? {} : { idempotencyKey }),

  resend: (id = '', body: object = {}) => stage.calls.post(`/v1/verifications/${id}/resend`, body),

  /** Gives somebody a list of backup codes of which so many are left; nobody knows them. */
  giveBackupCodes: ({ subject }: Holder, left: number) =>
    stage.calls.query(
      `INSERT INTO factors (id, application_id, subject, channel, status, secret, codes_left, activated_at)
       SELECT $1, application_id, subject, 'backup-code', 'active', 'x', $2, now() FROM factors WHERE subject = $3`,
      [`fac_${randomBytes(16).toString('base64url')}`, left, subject],
    ),
});
