#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('Terrace is not built yet: run npm start or npm run build in its folder.\n');
  process.stderr.write(
    'Terrace가 아직 빌드되지 않았습니다. Terrace 폴더에서 npm start나 npm run build를 실행하세요.\n',
  );
  process.exit(2);
}
const { buildsOf, packedOrBuilt } = await import('@terrace/region/host/built');
await import(packedOrBuilt(built, buildsOf('cloud', 'lenses', 'region', 'cli')).href);
