import { Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConsumedToken, Einmal } from 'einmal/client';
import { Approved, EINMAL, RequireApproval } from 'einmal/nestjs';
import type { FastifyRequest } from 'fastify';
import { paid, userOf, type Paid, type Shop } from './shop.js';

@Controller('payments')
class PaymentsController {
  @RequireApproval('payment', {
    subject: userOf,
    binding: (request: FastifyRequest) => request.body as { amount?: string; payee?: string },
  })
  @Post()
  @HttpCode(200)
  pay(@Approved() approval: ConsumedToken): Paid {
    return paid(approval);
  }
}

@Module({ controllers: [PaymentsController] })
class ShopModule {}

export async function nestShop(einmal: Einmal): Promise<Shop> {
  const module = { module: ShopModule, providers: [{ provide: EINMAL, useValue: einmal }] };
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), stop: () => app.close() };
}
