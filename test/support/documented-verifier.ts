import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JWTPayload } from 'jose';

type Verify = (
  token: string,
  wanted?: { subject?: string; purpose?: string; binding?: { amount: string; payee: string } },
) => Promise<JWTPayload>;

/** The verifier that docs/tokens.md shows, as somebody would copy it, with the two lines changed that are theirs. */
export async function documentedVerifier(scratch: string, issuer: string, audience: string): Promise<Verify> {
  const page = await readFile(new URL('../../docs/tokens.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const mine = code
    .replace('https://2fa.example.org', issuer)
    .replace('app_YOURS', audience)
    .replace(`from 'jose'`, `from '${import.meta.resolve('jose')}'`);
  const file = join(await mkdtemp(join(scratch, 'verifier-')), 'verifier.mjs');
  await writeFile(file, mine);
  return ((await import(pathToFileURL(file).href)) as { verifyApproval: Verify }).verifyApproval;
}
