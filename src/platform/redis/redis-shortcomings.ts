/**
 * Why a Redis must not count attempts in production (R95): a replica takes no writes, one that evicts forgets a spent attempt, and one without an
 * append-only file forgets all of them with its process.
 *
 * @param node its name: of several, the operator must know which to mend.
 * @param info the text of `INFO`.
 * @returns a problem with its remedy for each; none when the Redis will do.
 */
export function redisShortcomings(node: string, info: string): string[] {
  const says = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const problems: string[] = [];
  const role = says('role');
  if (role !== 'master')
    problems.push(
      `REDIS_URL: ${node} is not a primary (role ${role ?? 'unknown'}), so it counts nothing; name the primary, or an address that leads to it`,
    );
  const policy = says('maxmemory_policy');
  if (policy !== 'noeviction')
    problems.push(
      `REDIS_URL: ${node} evicts keys (maxmemory-policy ${policy ?? 'unknown'}); set maxmemory-policy noeviction`,
    );
  if (says('aof_enabled') !== '1')
    problems.push(
      `REDIS_URL: ${node} keeps no append-only file, so a restart would give every attempt back; set appendonly yes`,
    );
  return problems;
}
