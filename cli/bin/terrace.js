#!/usr/bin/env node
import { buildsOf, packedOrBuilt } from '@terrace/region/host/built';

const built = new URL('../dist/main.js', import.meta.url);
await import(packedOrBuilt(built, buildsOf('cloud', 'lenses', 'region', 'cli')).href);
