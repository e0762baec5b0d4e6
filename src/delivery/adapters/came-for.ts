/**
 * SQL: whether a report that names only the provider's own id of a message may be about an attempt. Such ids come again, since
 * many an SMSC counts from 1 after each restart: only an attempt of the last three days can be meant, and none that was begun
 * after the report came. Both times are Postgres's; the seconds are for a new primary's clock.
 *
 * @param report and attempt: the names of their rows within the statement.
 */
export const cameFor = (report: string, attempt: string): string =>
  `${report}.attempt_id IS NULL AND ${report}.provider_id = ${attempt}.provider_id
    AND ${report}.provider_message_id = ${attempt}.provider_message_id
    AND ${attempt}.created_at BETWEEN ${report}.received_at - interval '72 hours' AND ${report}.received_at + interval '5 seconds'`;
