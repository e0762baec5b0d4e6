/**
 * Who may import whom. A feature with floors is domain ← application ← adapters and http ← module; ARCHITECTURE.md says why.
 * test/integration/import-floors.spec.ts plants a violation of every rule and sees it caught.
 */

/** Features without floors: a handful of files each, and their files are their interface. */
const FLAT = 'applications|audit|client|config|edge|events|metrics|sandbox|stats';
/** Where the parts are put together; nothing else may know all of them. */
const WIRING = ['\\.module\\.ts$', '^src/(?!env\\.ts$)[^/]+\\.ts$', '^src/cli/'];
const SPEC = '\\.spec\\.ts$';
/** A type leaves nothing behind at run time: naming what a port speaks of is not reaching into a floor. */
const NOT_ONLY_A_TYPE = { dependencyTypesNot: ['type-only'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-knows-nobody',
      comment: 'Words everybody shares can not depend on anybody.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'platform-knows-no-feature',
      comment:
        'Plumbing that knows what flows through it can not be used for anything else. The environment is part of it.',
      severity: 'error',
      from: { path: '^src/(platform/|env(\\.ts$|/))', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/(platform/|shared/|env(\\.ts$|/))' },
    },
    {
      name: 'domain-knows-its-own',
      comment: 'Rules of the domain are tested without anything around them.',
      severity: 'error',
      from: { path: '^src/([^/]+)/domain/' },
      to: { path: '^src/', pathNot: '^src/($1/domain|shared)/' },
    },
    {
      name: 'domain-uses-no-library',
      comment: 'No framework, no driver, no schema library, no file and no network in the domain.',
      severity: 'error',
      from: { path: '^src/[^/]+/domain/', pathNot: SPEC },
      to: { path: ['node_modules', '^(fs|http|https|tls|dns|child_process|process|worker_threads)(/|$)'] },
    },
    {
      name: 'application-reaches-no-plumbing',
      comment:
        'A use-case speaks to the world through the ports beside it, and to other features through their use-cases.',
      severity: 'error',
      from: { path: '^src/([^/]+)/application/', pathNot: SPEC },
      to: {
        path: '^src/',
        pathNot: ['^src/$1/(domain|application)/', '^src/shared/', '^src/[^/]+/application/', '^src/[^/]+/domain/'],
      },
    },
    {
      name: 'application-uses-no-library',
      comment: '@Injectable is the one word of Nest that a use-case knows.',
      severity: 'error',
      from: { path: '^src/[^/]+/application/', pathNot: SPEC },
      to: { path: 'node_modules', pathNot: 'node_modules/@nestjs/common/', ...NOT_ONLY_A_TYPE },
    },
    {
      name: 'adapters-serve-ports',
      comment:
        'An adapter implements a port, its own or one of another feature, and knows nothing else of that feature.',
      severity: 'error',
      from: { path: '^src/([^/]+)/adapters/', pathNot: SPEC },
      to: {
        path: '^src/',
        pathNot: [
          '^src/$1/(domain|application|adapters)/',
          '^src/(shared|platform)/',
          `^src/(${FLAT})/`,
          '^src/[^/]+/application/ports\\.ts$',
          '^src/[^/]+/domain/',
        ],
      },
    },
    {
      name: 'http-knows-use-cases',
      comment: 'A controller calls a use-case and maps its answer; it can not go around it.',
      severity: 'error',
      from: { path: '^src/([^/]+)/http/', pathNot: [SPEC, '^src/platform/'] },
      to: {
        path: '^src/',
        pathNot: [
          '^src/$1/(domain|application|http)/',
          '^src/shared/',
          '^src/platform/http/',
          `^src/(${FLAT})/`,
          '^src/[^/]+/domain/',
        ],
      },
    },
    {
      name: 'http-uses-no-driver',
      severity: 'error',
      from: { path: '^src/[^/]+/http/' },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm|pg|redis|@redis|argon2|nodemailer|undici)/' },
    },
    {
      name: 'domain-of-others-by-type-only',
      comment:
        'The words of another feature may be named where its port is used; its rules are called through its use-cases.',
      severity: 'error',
      from: { path: '^src/([^/]+)/(application|adapters)/', pathNot: [SPEC, `^src/(${FLAT})/`] },
      to: { path: '^src/[^/]+/domain/', pathNot: '^src/$1/domain/', ...NOT_ONLY_A_TYPE },
    },
    {
      name: 'flat-features-stay-outside',
      comment:
        'A feature without floors meets another at its ports and its words, never at its adapters or controllers.',
      severity: 'error',
      from: { path: `^src/(${FLAT})/`, pathNot: [SPEC, ...WIRING] },
      to: { path: '^src/([^/]+)/(adapters|http)/', pathNot: '^src/(platform|$1)/' },
    },
    {
      name: 'limits-and-delivery-know-nobody',
      comment: 'Each is of use without the rest. Changes are audited and told; controllers may ask who is calling.',
      severity: 'error',
      from: {
        path: '^src/(limits|delivery|screening|fraud|spending|tokens)/',
        pathNot: [SPEC, '^src/[^/]+/http/', '\\.module\\.ts$'],
      },
      to: { path: '^src/', pathNot: '^src/($1|shared|platform|audit|events)/' },
    },
    {
      name: 'factors-know-tokens',
      comment:
        'Whoever changes a factor shows an approval. Who checks a code of one, and how often, is none of its business.',
      severity: 'error',
      from: { path: '^src/factors/', pathNot: [SPEC, '^src/[^/]+/http/', '\\.module\\.ts$'] },
      to: { path: '^src/', pathNot: '^src/(factors|tokens|shared|platform|audit|events|applications)/' },
    },
    {
      name: 'client-depends-on-nothing',
      comment:
        'It runs in applications, which install nothing for it. The guard for NestJS finds @nestjs/common there.',
      severity: 'error',
      from: { path: '^src/client/', pathNot: [SPEC, '/nestjs\\.ts$'] },
      to: { pathNot: '^src/client/', ...NOT_ONLY_A_TYPE },
    },
    {
      name: 'client-guard-knows-nest',
      severity: 'error',
      from: { path: '^src/client/nestjs\\.ts$' },
      to: { pathNot: ['^src/client/', 'node_modules/@nestjs/common/'], ...NOT_ONLY_A_TYPE },
    },
    {
      name: 'only-wiring-wires',
      comment: 'Modules are known to modules, main.ts and cli.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: [SPEC, ...WIRING] },
      to: { path: ['\\.module\\.ts$', '^src/(main|cli)\\.ts$'] },
    },
    {
      name: 'no-circle',
      comment: 'Two files that need each other at run time are one file, or one of them knows too much.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: NOT_ONLY_A_TYPE },
    },
    {
      name: 'no-orphan',
      comment: 'A file nobody imports is dead, or forgotten in the wiring.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/(main|cli)\\.ts$', SPEC, '\\.js$', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'product-stands-alone',
      comment: 'What ships imports neither tests nor what only development installs.',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
    {
      name: 'no-development-package',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], ...NOT_ONLY_A_TYPE },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
