/** Any number: keeps these locks apart from others. */
const SEED = 1795401000;

/**
 * Puts whoever adds or removes factors of a subject in line until the transaction ends, so that each counts what the one before
 * left. `$1` the application, `$2` the subjects in an order that all keep to, so that no two wait for each other.
 */
export const LOCK_SUBJECTS = `
  SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || subject, ${String(SEED)}))
  FROM unnest($2::text[]) AS given (subject)`;
