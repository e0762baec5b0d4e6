import { applyDecorators, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiApplicationId } from '../../applications/http/ids.js';
import { Needs } from '../../applications/needs.js';

/** Whose endpoints a controller is for: the calling application's own, or as `Application` those of one that an operator names. */
export type Whose = '' | 'Application';

/** @param path beneath the endpoints of either. */
export const WebhooksController = (whose: Whose, path = '') =>
  whose === ''
    ? applyDecorators(ApiTags('webhooks'), Controller(`v1/admin/webhooks${path}`), Needs('admin'))
    : applyDecorators(
        ApiTags('webhooks'),
        ApiApplicationId(),
        Controller(`v1/admin/applications/:id/webhooks${path}`),
        Needs('operator'),
      );
