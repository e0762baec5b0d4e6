import type { PipeTransform } from '@nestjs/common';
import { AskedApplication, type Asked } from '../../applications/http/asked-application.js';
import { forbidden } from '../../applications/refusals.js';
import type { EndpointKeeper } from '../application/endpoint-ledger.js';

/** The installation has no endpoints. */
const keeperPipe: PipeTransform<Asked, EndpointKeeper> = {
  transform({ applicationId, actor }) {
    if (applicationId === null) throw forbidden();
    return { applicationId, actor };
  },
};

/** Gives the handler whose endpoints are meant, and who asks. 404 for an application there is not. */
export const Keeper = () => AskedApplication(keeperPipe);
