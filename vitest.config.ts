import { defineConfig } from 'vitest/config';

/** Workspaces are imported by their sources, so that a test never runs against a stale build. */
const resolve = { conditions: ['source'] };
const ssr = { resolve: { conditions: ['source'] } };
/** A condition that comes about ends the wait for it at once: how long it is waited for at most matters to a busy machine only. */
const patience = { poll: { timeout: 60_000 } };
/**
 * CDK checks each synthesized template by a WebAssembly program that takes ten seconds to start, in each process anew. Terrace's own `validate` is
 * under test here, and its blueprint is linted in blueprint/src/lint.test.ts.
 */
const env = { CDK_VALIDATION: 'false' };

/** Of the region's tests, those that compare the whole host before and after, or fill it; the others run two at a time: they wait more than they work. */
const alone = [
  'region/test/compute/isolation-host.test.ts',
  'region/test/ending.test.ts',
  'region/test/full-disk.test.ts',
  'region/test/bounds/*.test.ts',
];

/** Tests of commands and of the blueprint set the environment, the working folder and what a process remembers of an app: each has a process of its own. */
const apart = ['cli/src/**/*.test.ts', 'blueprint/src/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          env,
          include: ['*/src/**/*.test.ts'],
          exclude: apart,
          // A module is loaded once a worker: nothing of these is changed by a test and left so.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patience,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'unit-isolated',
          env,
          include: apart,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patience,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'region',
          globalSetup: ['region/test/bundle.setup.ts'],
          env,
          include: ['region/test/**/*.test.ts'],
          exclude: ['**/*.long.test.ts', ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: patience,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'region-alone',
          globalSetup: ['region/test/bundle.setup.ts'],
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: patience,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'long',
          globalSetup: ['region/test/bundle.setup.ts'],
          env,
          include: ['region/test/**/*.long.test.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: patience,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'differential',
          include: ['*/differential/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 1_200_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'browser',
          env,
          globalSetup: ['arcade/browser/region.ts'],
          include: ['*/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 360_000,
          hookTimeout: 360_000,
          expect: patience,
        },
      },
    ],
  },
});
