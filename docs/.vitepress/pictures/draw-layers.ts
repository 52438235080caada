/** The packages to draw. */
export interface LayersPicture {
  /** The names of the packages of each layer, lowest layer first. */
  readonly layers: readonly (readonly string[])[];
  /** The packages next to the layers, lowest first. */
  readonly suite: readonly string[];
  /** The imports that are exceptions to the layers. */
  readonly besides: Readonly<Record<string, readonly string[]>>;
  isDrawn(name: string): boolean;
}

const [WIDTH, BOX, GAP, MARGIN, LABEL, TOP] = [640, 34, 12, 16, 22, 52];
/** The width of the layers, and where the suite begins. */
const [LAYERS, SUITE] = [448, 496];

/**
 * The layers as SVG, highest first: boxes in rows. It has its own background, so that it is
 * readable on dark pages too.
 */
export function drawLayers({ layers, suite, besides, isDrawn }: LayersPicture): string {
  const rows = [...layers].reverse().map((names) => names.filter(isDrawn));
  const height = TOP + rows.length * (BOX + GAP) + BOX;
  const exceptions = Object.entries(besides)
    .map(([name, others]) => `${name} also imports from ${others.join(" and ")}`)
    .join("; ");
  const yOf = (row: number) => TOP + row * (BOX + GAP);
  const title = "The layers of the packages";
  const description = rows
    .map((names, index) => `layer ${rows.length - index}: ${names.join(", ")}`)
    .join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title text">`,
    `<title id="title">${title}</title>`,
    `<desc id="text">${description}; beside them the suite: ${suite.join(", ")}. ${exceptions}.</desc>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#fff" stroke="#d9dde3"/>`,
    '<g font-family="system-ui,sans-serif" font-size="14" fill="#1d232b">',
    heading("Each package imports only from lower layers", MARGIN),
    heading("The suite", SUITE),
    ...rows.flatMap((names, row) => [
      `<text x="${MARGIN}" y="${yOf(row) + 22}" fill="#5b6672">${rows.length - row}</text>`,
      ...boxes(names, { x: MARGIN + LABEL, y: yOf(row), width: LAYERS - LABEL, fill: "#e8f1fb" }),
    ]),
    ...[...suite].reverse().flatMap((name, index) =>
      boxes([name], {
        x: SUITE,
        y: yOf(rows.length - suite.length + index),
        width: WIDTH - SUITE - MARGIN,
        fill: "#eaf5ec",
      }),
    ),
    `<text x="${MARGIN}" y="${height - MARGIN}" font-size="12" fill="#414b57">${exceptions}.</text>`,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function heading(text: string, x: number): string {
  return `<text x="${x}" y="32" font-weight="600">${text}</text>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly fill: string;
}

/** Boxes of one width that fill a row. */
function boxes(names: readonly string[], { x, y, width, fill }: Place): string[] {
  const each = (width - (names.length - 1) * GAP) / names.length;
  return names.flatMap((name, index) => {
    const left = Math.round(x + index * (each + GAP));
    const middle = Math.round(left + each / 2);
    return [
      `<rect x="${left}" y="${y}" width="${Math.round(each)}" height="${BOX}" rx="6" fill="${fill}" stroke="#8fa3b8"/>`,
      `<text x="${middle}" y="${y + 22}" text-anchor="middle" class="package">${name}</text>`,
    ];
  });
}
