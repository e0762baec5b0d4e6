import { Injectable } from '@nestjs/common';
import { Applications } from './applications/applications.js';
import { EinmalConfig } from './config.js';
import type { Channel } from './shared/channel.js';
import { notFound } from './shared/refusals.js';

/** Whose visitors of the try-it page are: the oldest application's. Embedded there is always one; elsewhere the CLI makes it. */
@Injectable()
export class VisitorsApplication {
  private found: string | undefined;

  constructor(
    private readonly applications: Applications,
    private readonly config: EinmalConfig,
  ) {}

  /** Channels that end in this process's inbox. */
  get channels(): Channel[] {
    return this.config.sandboxChannels();
  }

  /** @throws 404 `not-found` while there is no application. */
  async id(): Promise<string> {
    this.found ??= (await this.applications.oldest())?.id;
    if (this.found === undefined) throw notFound('application yet; make one: node dist/cli.js application create NAME');
    return this.found;
  }
}
