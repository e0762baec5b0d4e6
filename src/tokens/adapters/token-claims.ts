import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { CODE_CHANNELS } from '../../shared/channel.js';
import { TOKEN_LIFE_SECONDS, type Approval, type ProvenApproval } from '../domain/approval.js';
import { bindingHash } from '../domain/binding-hash.js';

/** Media type of a token, so that no other JWT is taken for one (RFC 8725 section 3.11). */
export const TOKEN_TYPE = 'einmal-approval+jwt';

/** What a token says beside its issuer. No address and no name of a person but the caller's own `sub`; docs/tokens.md lists them. */
export function claimsOf(approval: Approval): JWTPayload {
  const { tokenId, verificationId, applicationId, approvedAt, channel, factorId, subject, purpose, binding } = approval;
  const iat = Math.floor(approvedAt.getTime() / 1000);
  return {
    ...{ aud: applicationId, jti: tokenId, iat, exp: iat + TOKEN_LIFE_SECONDS },
    ...(subject !== null && { sub: subject }),
    ...{ verification: verificationId, amr: ['otp', channel] },
    ...(factorId !== null && { factor: factorId }),
    ...(purpose !== null && { purpose }),
    ...(binding !== null && { binding_hash: bindingHash(binding) }),
  };
}

const seconds = z.int().min(0);

const schema = z
  .object({
    aud: z.string(),
    jti: z.string().regex(/^tok_[\w-]{16,32}$/),
    iat: seconds,
    exp: seconds,
    sub: z.string().optional(),
    verification: z.string(),
    amr: z.tuple([z.literal('otp'), z.enum(CODE_CHANNELS)]),
    factor: z.string().optional(),
    purpose: z.string().optional(),
    binding_hash: z.string().optional(),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= TOKEN_LIFE_SECONDS);

/** Null where the claims are not an approval's, whoever signed them. */
export function readClaims(payload: JWTPayload): ProvenApproval | null {
  const { data } = schema.safeParse(payload);
  if (!data) return null;
  const {
    jti,
    verification,
    aud,
    iat,
    exp,
    sub = null,
    purpose = null,
    binding_hash = null,
    amr,
    factor = null,
  } = data;
  return {
    ...{ tokenId: jti, verificationId: verification, applicationId: aud, subject: sub, purpose },
    ...{ bindingHash: binding_hash, amr, channel: amr[1], factorId: factor },
    ...{ approvedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) },
  };
}
