// What is known about a concept, in words.
const panel = document.getElementById("panel");

// An element with properties and children; text only ever becomes text.
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== "" && child !== null));
  return element;
}

function conceptButton(index) {
  return make("button", { className: "concept", type: "button", textContent: CONCEPTS[index].n, onclick: () => go(index, state.depth || 1) });
}

function placeLink(index, file, line, label) {
  const text = label || `${DATA.files[file].p}:${line}`;
  const url = addressOf(file, line, index);
  return url ? make("a", { className: "place", href: url, textContent: text }) : make("span", { className: "place", textContent: text });
}

function showPanel(index) {
  if (index < 0) {
    panel.replaceChildren(make("p", { textContent: WORDS.welcome }));
    return;
  }
  const concept = CONCEPTS[index];
  const section = DATA.sections[concept.s];
  const where = concept.h ? concept.h.join(" › ") : section.t;
  const parts = [make("h2", { textContent: concept.n })];
  if (concept.a) parts.push(make("p", { className: "where", textContent: `${WORDS.also}: ${concept.a.join(", ")}` }));
  parts.push(make("p", { className: "where", textContent: where }));
  if (concept.t && concept.t.length) parts.push(make("p", {}, ...concept.t.map((tag) => make("span", { className: "tag", textContent: tag }))));
  if (concept.d) {
    parts.push(listed(concept.d, ([text, file, line]) => make("li", {}, text, " ", placeLink(index, file, line)), 4));
  } else {
    parts.push(make("p", {}, WORDS.nodefinition, " ", placeLink(index, concept.p[0], concept.p[1])));
  }
  const said = around[index].map((number) => PROPOSITIONS[number]).filter((p) => counted(p));
  said.sort((a, b) => Number(a[SOURCE] !== index) - Number(b[SOURCE] !== index) || Number(!a[PHRASE]) - Number(!b[PHRASE]));
  parts.push(make("h3", { textContent: WORDS.said }));
  if (said.length) parts.push(listed(said, (p) => saidItem(p, index)));
  else parts.push(make("p", { textContent: WORDS.norelations }));
  if (concept.k) parts.push(cards(index, concept.k));
  if (concept.m) parts.push(...mentions(index, concept.m));
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
}

const AT_ONCE = 60; // items of a list before a button for the next ones: some concepts have thousands

function listed(items, render, atOnce = AT_ONCE) {
  const list = make("ul", {});
  let shown = 0;
  const more = make("button", { type: "button", className: "small", onclick: () => next() });
  const next = () => {
    list.append(...items.slice(shown, shown + atOnce).map(render));
    shown += atOnce;
    more.textContent = fill(WORDS.more, { n: items.length - shown });
    if (shown >= items.length) more.remove();
  };
  next();
  return make("div", {}, list, shown < items.length ? more : "");
}

function saidItem(p, index) {
  const end = (other) => (other === index ? make("strong", { textContent: CONCEPTS[other].n }) : conceptButton(other));
  const phrase = p[SAID] ?? p[PHRASE];
  const middle = phrase ? make("em", { textContent: phrase }) : make("span", { className: "place", textContent: `– ${WORDS.unsaid} –` });
  return make("li", {}, end(p[SOURCE]), " ", middle, " ", end(p[TARGET]), " ", placeLink(index, p[FILE], p[LINE]));
}

// The cards about a concept: the question, and behind it the answer.
function cards(index, own) {
  const concept = CONCEPTS[index];
  const items = own.map(([question, answer, file, line]) => make("li", {}, make("details", { className: "card" },
    make("summary", { textContent: question || fill(WORDS.whatis, { n: concept.n }) }),
    make("p", {}, answer || concept.d[0][0], " ", placeLink(index, file, line)))));
  return make("details", {}, make("summary", { textContent: fill(WORDS.cards, { n: own.length }) }), make("ul", {}, ...items));
}

function mentions(index, [count, ...files]) {
  const shown = files.reduce((sum, [, ...lines]) => sum + lines.length, 0);
  const items = files.map(([file, ...lines]) => {
    const links = lines.flatMap((line, at) => [at ? ", " : " ", placeLink(index, file, line, String(line))]);
    return make("li", {}, make("span", { className: "place", textContent: `${DATA.files[file].p}:` }), ...links);
  });
  const details = make("details", {}, make("summary", { textContent: fill(WORDS.mentions, { n: count }) }), make("ul", {}, ...items));
  if (shown < count && shown >= 60) details.append(make("p", { className: "where", textContent: fill(WORDS.more, { n: count - shown }) }));
  return [details];
}

// For screen readers: every concept, in the order of importance.
function fillList() {
  const list = document.getElementById("list");
  list.setAttribute("aria-label", WORDS.list);
  const items = document.createDocumentFragment();
  for (const concept of CONCEPTS) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(concept.i)}`;
    link.tabIndex = -1;
    link.textContent = concept.n;
    item.append(link);
    items.append(item);
  }
  const ul = document.createElement("ul");
  ul.append(items);
  list.append(ul);
}
