/** One secret of the keyring: 32 bytes under a short name. */
export interface Secret {
  kid: string;
  key: Buffer;
  /** Marked `+`: it only reads, because not every node has it yet. */
  standby?: boolean;
}

/**
 * Parses `SECRETS`: `kid:base64,kid:base64,…`, newest first, 32 bytes each; `+kid:base64` is on standby. A rotation without a
 * failed request is `k1:…` → `k1:…,+k2:…` on every node → `k2:…,k1:…` on every node → `k2:…`.
 *
 * @returns the secrets and every problem found; a weak or doubled key is a problem, not a warning.
 */
export function parseSecrets(text: string): { secrets: Secret[]; problems: string[] } {
  const problems: string[] = [];
  const secrets: Secret[] = [];
  for (const [position, entry] of text.split(',').entries()) {
    const separator = entry.indexOf(':');
    const [, plus = '', kid = ''] = /^\s*(\+?)(.*?)\s*$/.exec(entry.slice(0, Math.max(0, separator))) ?? [];
    const encoded = entry.slice(separator + 1).trim();
    const name = `entry ${String(position + 1)}`;
    if (separator < 1 || !/^[A-Za-z0-9-]{1,16}$/.test(kid)) {
      problems.push(`${name} must be <key id>:<base64>, the id 1 to 16 letters, digits or dashes`);
      continue;
    }
    const key = Buffer.from(encoded, 'base64');
    // Buffer.from skips what is not base64: a password with a space in it would pass for a key.
    if (key.length !== 32 || !/^[A-Za-z0-9+/_-]{43}=?$/.test(encoded))
      problems.push(`${name} (${kid}) must be 32 bytes in base64; make one with: openssl rand -base64 32`);
    else if (new Set(key).size < 12)
      problems.push(`${name} (${kid}) is not random; make one with: openssl rand -base64 32`);
    if (secrets.some((other) => other.kid === kid || other.key.equals(key)))
      problems.push(`${name} (${kid}) repeats an earlier id or key`);
    secrets.push({ kid, key, ...(plus && { standby: true }) });
  }
  if (problems.length === 0 && secrets.every(({ standby }) => standby))
    problems.push('one entry must be without +, to write');
  return { secrets, problems };
}
