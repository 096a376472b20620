import { defineConfig } from 'vitest/config';

/** Workspaces are imported by their sources, so that a test never runs against a stale build. */
const resolve = { conditions: ['source'] };
const ssr = { resolve: { conditions: ['source'] } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['*/src/**/*.test.ts'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'region',
          include: ['region/test/**/*.test.ts'],
          exclude: ['**/*.long.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'long',
          include: ['region/test/**/*.long.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
          globalSetup: ['arcade/browser/region.ts'],
          include: ['*/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
