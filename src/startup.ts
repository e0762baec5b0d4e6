import { loadConfig, type EinmalConfig } from './config.js';
import type { ProviderKind } from './delivery/application/provider-type.js';
import { readEnv, type Env } from './env.js';
import { StartupRefused } from './platform/startup.js';

/**
 * Reads environment, secrets and configuration file: all that the service must know before it starts.
 *
 * @param types the kinds of providers there are.
 * @param source the environment; the process's own when absent.
 * @throws {StartupRefused} with the problems of all three, because an operator wants to mend them at once.
 */
export function readStartup(
  types: readonly ProviderKind[],
  source?: NodeJS.ProcessEnv,
): { env: Env; config: EinmalConfig } {
  const { env, problems, configSource } = readEnv(source);
  const { config, problems: configProblems } = loadConfig(configSource, types);
  const all = new Set([...problems, ...configProblems]);
  if (!env || !config || all.size > 0) throw new StartupRefused([...all]);
  return { env, config };
}

/** The environment alone, for the command line: it sends nothing and needs no providers. @throws {StartupRefused} */
export function readEnvironment(source?: NodeJS.ProcessEnv): Env {
  const { env, problems } = readEnv(source);
  if (!env) throw new StartupRefused(problems);
  return env;
}
