/** Every family that runs, one line each; `registry.ts` reads it. Whoever adds one adds its line here. */
export { queue } from './queue/running.ts';
