// What the page knows.
// Concept: i id, n name, l name cut to a line, s section, r importance 0–1, b box [x, y, width, height], p place [file, line],
// a other names, d definitions [text, file, line], h headings above, t tags, m mentions [count, [file, line, …], …],
// k cards [question (empty: for the name), answer (empty: the definition), file, line].
// Proposition: [source, target, phrase, kind, type, file, line, phrase as said where it differs].
// Section: t title, b box, r region. Region (a file, where there are several): t title, b box. File: p path, u address, h headings [line, anchor], j what joins both where it is not #.
const DATA = JSON.parse(document.getElementById("data").textContent);
const WORDS = DATA.words;
const CONCEPTS = DATA.concepts;
const PROPOSITIONS = DATA.propositions;
const [SOURCE, TARGET, PHRASE, KIND, TYPE, FILE, LINE, SAID] = [0, 1, 2, 3, 4, 5, 6, 7];

const byId = new Map(CONCEPTS.map((concept, index) => [concept.i, index]));
const around = CONCEPTS.map(() => []);
PROPOSITIONS.forEach((p, index) => {
  around[p[SOURCE]].push(index);
  around[p[TARGET]].push(index);
});

// What colours and filters tell apart: regions, else sections.
const GROUPS = DATA.regions.length ? DATA.regions : DATA.sections;
const groupOf = (section) => (DATA.regions.length ? DATA.sections[section].r : section);

// What is hidden, but for the tag: only concepts with it are shown.
const filter = { groups: new Set(), kinds: new Set(), types: new Set(), phrased: false, tag: "" };

function visible(index) {
  const concept = CONCEPTS[index];
  return !filter.groups.has(groupOf(concept.s)) && (!filter.tag || (concept.t || []).includes(filter.tag));
}

function counted(p) {
  return !filter.kinds.has(p[KIND]) && !filter.types.has(p[TYPE]) && (!filter.phrased || p[PHRASE] !== "");
}

// The best proposition for each concept related to the one at INDEX: [neighbour, proposition], the best first.
function neighbours(index) {
  const best = new Map();
  for (const number of around[index]) {
    const p = PROPOSITIONS[number];
    if (!counted(p)) continue;
    const other = p[SOURCE] === index ? p[TARGET] : p[SOURCE];
    const known = best.get(other);
    if (known === undefined || (!PROPOSITIONS[known][PHRASE] && p[PHRASE])) best.set(other, number);
  }
  return [...best]
    .filter(([other]) => visible(other))
    .sort((a, b) => Number(!PROPOSITIONS[a[1]][PHRASE]) - Number(!PROPOSITIONS[b[1]][PHRASE]) || a[0] - b[0]);
}

// The address of LINE in FILE, where the concept at INDEX is spoken of.
function addressOf(file, line, index) {
  const known = DATA.files[file];
  if (!known.u) return "";
  let anchor = "";
  for (const [at, name] of known.h || []) {
    if (at > line) break;
    anchor = (known.j || "#") + encodeURIComponent(name);
  }
  const { i, n } = CONCEPTS[index];
  // A hyphen has a meaning of its own in addresses that search for a text.
  const values = { line: String(line), id: encodeURIComponent(i), term: encodeURIComponent(n).replaceAll("-", "%2D") };
  return known.u.replace(/\{(line|id|term)\}/g, (_, name) => values[name]) + anchor;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
