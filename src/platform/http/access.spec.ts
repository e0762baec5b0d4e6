import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { expect, it } from 'vitest';
import { Access, accessTo } from './access.js';

class Listing {
  list() {
    return [];
  }

  silent() {
    return [];
  }
}

@Access(['operator'])
class OperatorsListing extends Listing {}

@Access(['read'])
class TenantsListing extends Listing {
  @Access('public')
  open() {
    return [];
  }
}

const reflector = new Reflector();
const said = (controller: typeof Listing, name: string) =>
  accessTo(reflector, {
    getClass: () => controller,
    getHandler: () => Reflect.get(controller.prototype, name) as () => unknown,
  } as unknown as ExecutionContext);

it('tells two controllers apart that inherit one handler', () => {
  expect(said(OperatorsListing, 'list')).toEqual(['operator']);
  expect(said(TenantsListing, 'list')).toEqual(['read']);
  expect(said(OperatorsListing, 'list')).toEqual(['operator']);
});

it('lets a handler speak before its class, and takes silence for no answer', () => {
  expect(said(TenantsListing, 'open')).toBe('public');
  expect(said(Listing, 'silent')).toBeUndefined();
});
