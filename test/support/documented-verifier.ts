import type { JWTPayload } from 'jose';
import { runCode } from './page-code.js';

type Verify = (
  token: string,
  wanted?: { subject?: string; purpose?: string; binding?: { amount: string; payee: string } },
) => Promise<JWTPayload>;

/** The verifier that docs/tokens.md shows, as somebody would copy it, with the two lines changed that are theirs. */
export async function documentedVerifier(issuer: string, audience: string): Promise<Verify> {
  const change = (code: string) => code.replace('https://2fa.example.org', issuer).replace('app_YOURS', audience);
  const { verifyApproval } = await runCode<{ verifyApproval: Verify }>('tokens.md', 'Verify offline', change);
  return verifyApproval;
}
