import type { Drawing } from './drawing.ts';
import { drawio } from './drawio.ts';
import { layOut } from './layout.ts';
import { mermaid } from './mermaid.ts';
import { svg } from './svg.ts';

export const diagramFormats = ['svg', 'drawio', 'mermaid'] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

/** A drawing as text of a format. */
export async function render(drawing: Drawing, format: DiagramFormat): Promise<string> {
  const shown = withoutLooseEnds(drawing);
  if (format === 'mermaid') return mermaid(shown);
  const layout = await layOut(shown);
  return format === 'svg' ? svg(shown, layout) : drawio(shown, layout);
}

/** Where nothing leads to the internet, it is not drawn. */
function withoutLooseEnds(drawing: Drawing): Drawing {
  const ends = new Set(drawing.links.flatMap((link) => [link.from, link.to]));
  return { ...drawing, items: drawing.items.filter((item) => ends.has(item.id)) };
}

/** The format that a file's name asks for. */
export function formatOf(file: string): DiagramFormat | undefined {
  if (file.endsWith('.svg')) return 'svg';
  if (file.endsWith('.drawio') || file.endsWith('.xml')) return 'drawio';
  return file.endsWith('.mmd') || file.endsWith('.mermaid') || file.endsWith('.md') ? 'mermaid' : undefined;
}
