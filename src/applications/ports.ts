import type { Channel } from '../shared/channel.js';
import type { Defaults } from './settings.js';

/** What the operator's configuration file sets for all applications. */
export abstract class Installation {
  /** Settings for every application that does not say otherwise. */
  abstract readonly defaults: Defaults;

  /** The channels that have at least one provider, in the default order of preference. */
  abstract channels(): Channel[];
}
