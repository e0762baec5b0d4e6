import type { EinmalError } from 'einmal/client';
import { isOurFault } from './trouble.js';

/** For whoever runs this site; it holds no code and no address. */
export function noted(error: EinmalError): EinmalError {
  if (isOurFault(error)) console.error(`Einmal: ${error.code}: ${error.detail}`);
  return error;
}
