import type { Control } from './control.ts';
import { exposure } from './exposure.ts';
import { health } from './health.ts';
import { settings } from './settings.ts';
import { wayOut } from './way-out.ts';
import { zones } from './zones.ts';

/** Every control. Whoever adds one adds its file's line here. */
export const controls: readonly Control[] = [...exposure, ...health, ...wayOut, ...zones, ...settings];
