// Which pictures there are: one sheet or some for each area of the gallery in each look, and a list of what is on them.
import { gallery } from "./gallery.js";

/** The looks: two languages, two widths and two themes, each with each other at least once. */
export const LOOKS = [
  { name: "en-desk-light", language: "en", width: 1280, theme: "light", scale: 0.5, columns: 3 },
  { name: "en-phone-dark", language: "en", width: 380, theme: "dark", scale: 0.6, columns: 6 },
  { name: "fr-desk-dark", language: "fr", width: 1280, theme: "dark", scale: 0.5, columns: 3 },
  { name: "fr-phone-light", language: "fr", width: 380, theme: "light", scale: 0.6, columns: 6 },
];

/** Pages that the project's README shows one by one, as a window shows them. */
export const FRONT = {
  names: ["keys", "number", "overview", "operator-health"],
  look: { language: "en", width: 1000, theme: "light", scale: 1 },
};

/** The folder of the sheets. */
export const folder = process.env.COUNTERSIGN_SHEETS ?? new URL("../../../docs/screens/web", import.meta.url).pathname;

/** Pages on one sheet at the most: a person looks at it whole, and it is small enough to be kept. */
const MOST = 18;

/** Areas with the names of their pages, in the order of the gallery; a large one goes on as `area-2`. */
export function areas() {
  const whole = new Map();
  for (const { area, name } of gallery.pages) whole.set(area, [...(whole.get(area) ?? []), name]);
  return new Map([...whole].flatMap(([area, names]) => sheetsOf(area, names)));
}

function sheetsOf(area, names) {
  const count = Math.ceil(names.length / MOST);
  return Array.from({ length: count }, (_, at) => [at ? `${area}-${at + 1}` : area, names.slice(at * MOST, (at + 1) * MOST)]);
}

/** The files that belong into the folder. */
export function files() {
  const sheets = LOOKS.flatMap((look) => [...areas().keys()].map((area) => `${look.name}/${area}.png`));
  return ["README.md", ...FRONT.names.map((name) => `front/${name}.png`), ...sheets];
}

/** What README.md says; a page that is not in it has no picture. */
export function list() {
  const looks = LOOKS.map(({ name }) => `* \`${name}/\``).join("\n");
  const sheets = [...areas()].map(([area, names]) => `* \`${area}.png\`: ${names.join(", ")}`).join("\n");
  return `# The pages of the server

Every page in every state, drawn by Chromium from the gallery of the server's own tests. \`cargo xtask web --screens\`
writes sheets and list anew, \`cargo xtask screenshots\` does that besides the app's; \`cargo xtask web\` fails for a page
that has no picture. What the pages look like on further widths and in further themes is checked and not drawn.

One folder for each look (language, width, theme):

${looks}

In each of them, with its pictures from left to right and from top to bottom:

${sheets}

In \`front/\` are those that the project's README shows.
`;
}
