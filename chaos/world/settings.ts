import type { Settings } from '../history.js';

/**
 * The policy of every application of a run. Ten digits, so that no code turns up anywhere by chance; the shortest report timeout
 * there may be, so that silence is noticed within a run.
 */
export const SETTINGS: Settings = {
  codeLength: 10,
  ttlSeconds: 300,
  maxAttempts: 5,
  maxSends: 5,
  reportTimeoutSeconds: 15,
};

/** Receivers of webhooks live on this machine. */
const WEBHOOKS = '{ privateNetworks: [127.0.0.0/8], http: true }';

/** The configuration file of every node. @param providers as YAML's JSON. */
export const configYaml = (providers: string) =>
  `providers: ${providers}\ndefaults: { plan: [sms, email], policy: ${JSON.stringify(SETTINGS)} }\nwebhooks: ${WEBHOOKS}\n`;
