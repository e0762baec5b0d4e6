import { Injectable } from '@nestjs/common';
import { ApplicationSettings } from '../../applications/application-settings.js';
import { Tenants, type TenantSettings } from '../application/ports.js';

/** Verification's view of the applications' settings. */
@Injectable()
export class ApplicationTenants extends Tenants {
  constructor(private readonly applicationSettings: ApplicationSettings) {
    super();
  }

  settings(applicationId: string): Promise<TenantSettings> {
    return this.applicationSettings.effective(applicationId);
  }
}
