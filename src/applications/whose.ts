import { Injectable } from '@nestjs/common';
import { notFound } from '../shared/refusals.js';
import { Applications } from './applications.js';
import type { Principal } from './principal.js';

/** Says whose things a report is about, which an application asks for itself, and an operator for one application or for all. */
@Injectable()
export class Whose {
  constructor(private readonly applications: Applications) {}

  /**
   * @param asked the application that the request names, if it does.
   * @returns its id; null, to an operator only, for all of them.
   * @throws 404 `not-found` when there is no such application, or when one names another.
   */
  async of({ applicationId }: Principal, asked?: string): Promise<string | null> {
    if (asked === undefined || asked === applicationId) return applicationId;
    if (applicationId !== null || !/^[\w-]{1,64}$/.test(asked)) throw notFound('application');
    return (await this.applications.find(asked)).id;
  }
}
