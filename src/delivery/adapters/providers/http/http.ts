import type { ProviderType } from '../../../application/provider-type.js';
import { httpSchema, type HttpConfig } from './http-config.js';
import { httpPage } from './http-page.js';
import { HttpProvider } from './http-provider.js';

/** Any gateway that takes messages by HTTP, described in the configuration file. */
export const http: ProviderType<HttpConfig> = {
  type: 'http',
  schema: httpSchema,
  page: httpPage,
  create: (id, config, context) => new HttpProvider(id, config, context),
};
