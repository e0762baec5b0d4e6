import { z } from 'zod';
import { TOKEN_ALGORITHMS } from '../tokens/domain/token-algorithm.js';
import { problemsOf } from './problems-of.js';

const tokensSchema = z.strictObject({ algorithm: z.enum(TOKEN_ALGORITHMS).default('EdDSA') });

/** How approval tokens are signed. */
export type TokenSettings = z.output<typeof tokensSchema>;

export const DEFAULT_TOKENS: TokenSettings = tokensSchema.parse({});

/** Reads `tokens`. */
export function readTokens(section: unknown, problems: string[]): TokenSettings {
  const parsed = tokensSchema.safeParse(section ?? {});
  if (parsed.success) return parsed.data;
  problems.push(...problemsOf(parsed.error, 'tokens', section));
  return DEFAULT_TOKENS;
}
