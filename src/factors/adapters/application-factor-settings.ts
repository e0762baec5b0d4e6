import { Injectable } from '@nestjs/common';
import { ApplicationSettings } from '../../applications/application-settings.js';
import type { EffectiveFactors } from '../../applications/factor-settings.js';
import { FactorSettings } from '../application/ports.js';

/** Factors' view of the applications' settings. */
@Injectable()
export class ApplicationFactorSettings extends FactorSettings {
  constructor(private readonly applicationSettings: ApplicationSettings) {
    super();
  }

  async of(applicationId: string): Promise<EffectiveFactors> {
    return (await this.applicationSettings.effective(applicationId)).factors;
  }
}
