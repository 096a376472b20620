import type { Drawing } from './drawing.ts';
import { drawio } from './drawio.ts';
import { layOut } from './layout.ts';
import { mermaid } from './mermaid.ts';
import { svg } from './svg.ts';

export const diagramFormats = ['svg', 'drawio', 'mermaid'] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

/** A drawing as text of a format. */
export async function render(drawing: Drawing, format: DiagramFormat): Promise<string> {
  if (format === 'mermaid') return mermaid(drawing);
  const layout = await layOut(drawing);
  return format === 'svg' ? svg(drawing, layout) : drawio(drawing, layout);
}

/** The format that a file's name asks for. */
export function formatOf(file: string): DiagramFormat | undefined {
  if (file.endsWith('.svg')) return 'svg';
  if (file.endsWith('.drawio') || file.endsWith('.xml')) return 'drawio';
  return file.endsWith('.mmd') || file.endsWith('.mermaid') || file.endsWith('.md') ? 'mermaid' : undefined;
}
