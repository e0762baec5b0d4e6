import { inject } from 'vitest';
import { launchService, type Service, type ServiceOptions } from './service.js';

/** `launchService` in the run's scratch folder. */
export const startService = (options: ServiceOptions = {}): Promise<Service> =>
  launchService(inject('scratchFolder'), options);
