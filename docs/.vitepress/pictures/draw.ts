/** A piece of text with a colour that shows from which part of the request it comes. */
export interface Span {
  readonly text: string;
  readonly part?: keyof typeof COLOURS;
}

export type Line = readonly Span[];

/** Text to draw under a title. */
export interface Picture {
  /** The name of the file. */
  readonly name: string;
  readonly title: string;
  /** The text for readers who do not see the picture. */
  readonly description: string;
  readonly lines: readonly Line[];
}

/** Each has a contrast of at least 4.5 to 1 on white. */
const COLOURS = {
  method: "#8a3ffc",
  uri: "#0b5cad",
  query: "#17633f",
  form: "#8a4b00",
  protocol: "#9c1c5b",
  secret: "#9c1c14",
  signature: "#9c1c14",
} as const;

/** The number of characters in a line. A phone shows 44 of them at a readable size. */
const WIDTH = 44;
const [CHARACTER, HEIGHT, MARGIN] = [8.43, 22, 16];

/**
 * A picture as SVG: text of one width, wrapped. It has its own background, so that it is
 * readable on dark pages too.
 */
export function draw({ title, description, lines }: Picture): string {
  const rows = lines.flatMap(wrapped);
  const width = Math.ceil(WIDTH * CHARACTER + 2 * MARGIN);
  const height = (rows.length + 1) * HEIGHT + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title text">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="text">${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#fff" stroke="#d9dde3"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 14}" font-family="system-ui,sans-serif" font-size="14" font-weight="600" fill="#1d232b">${escaped(title)}</text>`,
    '<g font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="14" fill="#414b57" xml:space="preserve">',
    ...rows.map((row, index) => {
      const y = MARGIN + 14 + (index + 1) * HEIGHT;
      return `<text x="${MARGIN}" y="${y}">${row.map(drawn).join("")}</text>`;
    }),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function drawn({ text, part }: Span): string {
  return part === undefined
    ? `<tspan>${escaped(text)}</tspan>`
    : `<tspan fill="${COLOURS[part]}">${escaped(text)}</tspan>`;
}

/** A line in rows of at most {@link WIDTH} characters. */
function wrapped(line: Line): Line[] {
  const rows: Span[][] = [[]];
  let left = WIDTH;
  for (const { text, ...rest } of line) {
    for (let from = 0; from < text.length || from === 0; ) {
      if (left === 0) {
        rows.push([]);
        left = WIDTH;
      }
      const piece = text.slice(from, from + left);
      rows.at(-1)?.push({ ...rest, text: piece });
      left -= piece.length;
      from += Math.max(piece.length, 1);
    }
  }
  return rows;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
