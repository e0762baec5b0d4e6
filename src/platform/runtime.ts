import type { Env } from '../env.js';

/** How this process runs: the environment, and what only becomes known once it listens. */
export class Runtime {
  /** The port really bound; equals `env.port` unless that is 0. */
  port: number;
  /** False from the moment a stop was asked for: readiness says so before anything is torn down. */
  accepting = true;

  constructor(readonly env: Env) {
    this.port = env.port;
  }

  /** Messages to a screen instead of a phone: never in production. */
  get sandbox(): boolean {
    return !this.env.production;
  }

  /** Whether anybody counts: in production only for whoever has a token. */
  get metricsServed(): boolean {
    return this.env.metricsToken !== undefined || !this.env.production;
  }

  /** Where providers and people reach this service, without a trailing slash. */
  get publicUrl(): string {
    return this.env.publicUrl ?? this.localUrl;
  }

  /** Where this machine reaches it. */
  get localUrl(): string {
    return `http://localhost:${String(this.port)}`;
  }
}
