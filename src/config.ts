import { z } from 'zod';
import type { Installation } from './applications/ports.js';
import { countrySettingsSchema } from './applications/country-settings.js';
import { factorSettingsSchema } from './applications/factor-settings.js';
import { planSchema } from './applications/plan-settings.js';
import { policySchema, type Defaults } from './applications/settings.js';
import { spendSettingsSchema } from './applications/spend-settings.js';
import { voiceSettingsSchema } from './applications/voice-settings.js';
import { membersOf, problemsOf } from './config/problems-of.js';
import { readProviders, type ProviderConfig } from './config/providers.js';
import { readYaml, substitute } from './config/read-yaml.js';
import { readRoutes, type Routes } from './config/routes.js';
import { DEFAULT_TOKENS, readTokens, type TokenSettings } from './config/tokens.js';
import { NO_NETWORKS, readWebhooks, type WebhookSettings } from './config/webhooks.js';
import type { ProviderKind } from './delivery/application/provider-type.js';
import type { ConfigSource } from './env.js';
import { CHANNELS, isSent, type Channel } from './shared/channel.js';

const SECTIONS = ['providers', 'routes', 'defaults', 'tokens', 'webhooks'];

/** The same rails as for an application's own settings (NIST SP 800-63B, ASVS 6.5): a weaker default does not start. */
const defaultsSchema = z.strictObject({
  plan: planSchema.optional(),
  policy: policySchema.optional(),
  countries: countrySettingsSchema.optional(),
  spend: spendSettingsSchema.optional(),
  voice: voiceSettingsSchema.optional(),
  factors: factorSettingsSchema.optional(),
});

/** What `einmal.yaml` says, with every reference checked. */
export class EinmalConfig implements Installation {
  constructor(
    readonly providers: Record<string, ProviderConfig>,
    readonly routes: Routes,
    readonly defaults: Defaults,
    readonly tokens: TokenSettings = DEFAULT_TOKENS,
    readonly webhooks: WebhookSettings = NO_NETWORKS,
  ) {}

  /** Channels that only the sandbox serves: nothing sent over them leaves this process. */
  sandboxChannels(): Channel[] {
    return this.channels().filter((channel) =>
      Object.values(this.providers).every((provider) => provider.channel !== channel || provider.type === 'sandbox'),
    );
  }

  channels(): Channel[] {
    return CHANNELS.filter((channel) => Object.values(this.providers).some((provider) => provider.channel === channel));
  }
}

/**
 * Reads the configuration file. Without one, and outside production, there are three providers of the sandbox.
 *
 * @param types the kinds of providers there are; each knows the schema of its entries.
 * @returns the configuration and every problem found in it, so that all can be told at once; with problems, none.
 */
export function loadConfig(
  { configFile, production, variable }: ConfigSource,
  types: readonly ProviderKind[],
): { config: EinmalConfig | null; problems: string[] } {
  const problems: string[] = [];
  if (configFile === undefined && production)
    return {
      config: null,
      problems: ['CONFIG_FILE: must be set with NODE_ENV=production; without providers nothing is sent'],
    };
  const content = configFile === undefined ? {} : readYaml(configFile, problems);
  if (content === undefined) return { config: null, problems };
  const sections = Object.fromEntries(membersOf(substitute(content, { variable, problems }), 'einmal.yaml', problems));
  for (const name of Object.keys(sections))
    if (!SECTIONS.includes(name)) problems.push(`${name}: unknown; there are ${SECTIONS.join(', ')}`);
  const providers = readProviders(sections['providers'], { types, production, problems });
  const routes = readRoutes(sections['routes'], providers, problems);
  const defaults = readDefaults(sections['defaults'], problems);
  const tokens = readTokens(sections['tokens'], problems);
  const webhooks = readWebhooks(sections['webhooks'], problems);
  const config = new EinmalConfig(providers, routes, defaults, tokens, webhooks);
  for (const channel of defaults.plan ?? [])
    if (isSent(channel) && !config.channels().includes(channel))
      problems.push(`defaults.plan: ${channel} has no provider`);
  return problems.length > 0 ? { config: null, problems } : { config, problems };
}

function readDefaults(section: unknown, problems: string[]): Defaults {
  const parsed = defaultsSchema.safeParse(section ?? {});
  if (parsed.success) return parsed.data;
  problems.push(...problemsOf(parsed.error, 'defaults', section));
  return {};
}
