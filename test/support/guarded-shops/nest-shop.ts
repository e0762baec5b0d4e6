import { Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { ConsumedToken, Einmal } from 'einmal/client';
import { Approved, EINMAL, RequireApproval } from 'einmal/nestjs';
import { paid, userOf, type Paid, type Shop } from './shop.js';

@Controller('payments')
class PaymentsController {
  @RequireApproval('payment', {
    subject: userOf,
    binding: (request) => request.body as { amount?: string; payee?: string },
  })
  @Post()
  @HttpCode(200)
  pay(@Approved() approval: ConsumedToken): Paid {
    return paid(approval);
  }
}

@Module({ controllers: [PaymentsController] })
class ShopModule {}

export const nestShopOnFastify = (einmal: Einmal): Promise<Shop> => nestShop(einmal, new FastifyAdapter());
export const nestShopOnExpress = (einmal: Einmal): Promise<Shop> => nestShop(einmal, new ExpressAdapter());

async function nestShop(einmal: Einmal, platform: FastifyAdapter | ExpressAdapter): Promise<Shop> {
  const module = { module: ShopModule, providers: [{ provide: EINMAL, useValue: einmal }] };
  const app = await NestFactory.create(module, platform, { logger: false, forceCloseConnections: true });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), stop: () => app.close() };
}
