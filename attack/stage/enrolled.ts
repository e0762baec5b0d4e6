import { oathCode } from '../../test/support/oathtool.js';
import type { Tenant } from '../../test/support/deployment.js';
import { newPhone } from './people.js';
import type { Target } from './target.js';

/** Hardly two of so many codes are equal, and each lives for as long as an attack takes. */
const TOTP = { digits: 8, period: 60 } as const;

/** Somebody with an authenticator and backup codes, whose codes an attacker can see. */
export interface Enrolled {
  subject: string;
  phone: string;
  /** Id of the authenticator. */
  id: string;
  backupCodes: string[];
  /** The time step (RFC 6238) whose code ended the enrolment. */
  activatedIn: number;
  /** What the authenticator shows in a time step. */
  codeOf: (step: number) => Promise<string>;
}

/** So many time steps are an hour. */
export const STEPS_OF_AN_HOUR = 3_600 / TOTP.period;

/** Enrols somebody whom nobody has heard of. */
export async function enrol(target: Target, shop: Tenant): Promise<Enrolled> {
  const phone = newPhone();
  const subject = `person of ${phone}`;
  const { body } = await target.post(0, '/v1/factors', shop, { subject, ...TOTP });
  const { id = '', secret = '' } = body;
  const codeOf = (step: number) => oathCode({ secret, ...TOTP }, step * TOTP.period * 1_000);
  const activatedIn = Math.floor(Date.now() / 1_000 / TOTP.period);
  const activation = { code: await codeOf(activatedIn) };
  const { status, body: activated } = await target.post(1, `/v1/factors/${id}/activate`, shop, activation);
  if (status !== 200) throw new Error(`no factor: ${String(status)} ${activated.code ?? ''}`);
  return { subject, phone, id, backupCodes: activated.backupCodes ?? [], activatedIn, codeOf };
}
