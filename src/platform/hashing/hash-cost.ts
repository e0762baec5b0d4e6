/** argon2id parameters, stored with every digest so that changing them fails nobody. */
export interface HashParameters {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/**
 * The two profiles. `short-lived` suits random, peppered codes that live minutes (NIST SP 800-63B 3.1.1.2 lets the work
 * factor be small for random secrets); `owasp` is the cheapest of the settings the OWASP Password Storage Cheat Sheet calls
 * equal.
 */
export const HASH_COSTS = {
  'short-lived': { memoryKiB: 4096, passes: 1, lanes: 1 },
  owasp: { memoryKiB: 7168, passes: 5, lanes: 1 },
} satisfies Record<string, HashParameters>;
