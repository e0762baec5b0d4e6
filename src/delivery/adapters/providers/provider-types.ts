import type { ProviderType } from '../../application/ports.js';
import { kannel } from './kannel.js';
import { smtp } from './smtp/smtp.js';

/** The kinds of providers that ship; a new one is a file beside these and a line here. */
export const BUILT_IN_PROVIDER_TYPES: readonly ProviderType[] = [kannel, smtp];
