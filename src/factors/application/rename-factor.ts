import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import type { Factor } from '../domain/factor.js';
import type { Changer } from './changer.js';
import { FactorChanges } from './factor-changes.js';

/** Gives a factor another name. It lets nobody in, so that it takes no proof. */
@Injectable()
export class RenameFactor {
  constructor(private readonly changes: FactorChanges) {}

  /** @param label null: none. @throws 404; 503 */
  async execute(changer: Changer, id: string, label: string | null): Promise<Factor> {
    const factor = await this.changes.rename(id, label, changer);
    if (!factor) throw notFound('factor');
    return factor;
  }
}
