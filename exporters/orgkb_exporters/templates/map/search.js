// Search and filters. Search finds what filters hide.
const search = document.getElementById("search");
const results = document.getElementById("results");
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ё", "е");
let found = [];
let chosen = 0;
let folded = null;

function score(entry, query, words) {
  if (entry.name === query) return 100;
  if (entry.others.includes(query)) return 90;
  if (entry.name.startsWith(query)) return 80;
  if (entry.others.some((other) => other.startsWith(query))) return 70;
  if (entry.name.includes(query)) return 60;
  if (words.every((word) => entry.name.includes(word))) return 50;
  if (entry.others.some((other) => other.includes(query))) return 40;
  return words.every((word) => entry.text.includes(word)) ? 10 : 0;
}

function prepareSearch() {
  folded ??= CONCEPTS.map((c) => {
    const others = (c.a || []).map(fold);
    return { name: fold(c.n), others, text: fold([c.n, ...(c.a || []), ...(c.d || []).map(([told]) => told)].join(" ")) };
  });
}

function find(text) {
  prepareSearch();
  const query = fold(text.trim());
  if (!query) return [];
  const words = query.split(/\s+/);
  return folded
    .map((entry, index) => [score(entry, query, words), index])
    .filter(([points]) => points)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .map(([, index]) => index);
}

function showResults() {
  const all = find(search.value);
  found = all.slice(0, 40);
  chosen = 0;
  results.replaceChildren(...found.map((index, at) => {
    const concept = CONCEPTS[index];
    const told = concept.d ? concept.d[0][0] : (concept.h || []).join(" › ");
    return make("li", { role: "option", id: `result-${at}`, onclick: () => take(at) }, concept.n, make("small", { textContent: told }));
  }));
  if (!all.length) results.append(make("li", { className: "none", textContent: WORDS.nothing }));
  const open = search.value.trim() !== "";
  results.hidden = !open;
  search.setAttribute("aria-expanded", String(open));
  mark(0);
}

function mark(at) {
  chosen = Math.max(0, Math.min(found.length - 1, at));
  [...results.children].forEach((item, index) => item.setAttribute("aria-selected", String(found.length > 0 && index === chosen)));
  const item = results.children[chosen];
  if (found.length) search.setAttribute("aria-activedescendant", `result-${chosen}`);
  else search.removeAttribute("aria-activedescendant");
  if (item && !results.hidden) item.scrollIntoView({ block: "nearest" });
}

function closeResults() {
  results.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}

function take(at) {
  if (!found.length) return;
  const index = found[at];
  closeResults();
  search.value = "";
  canvas.focus();
  go(index, state.depth || 1);
}

function listenToSearch() {
  search.placeholder = WORDS.search;
  search.setAttribute("aria-label", WORDS.search);
  search.addEventListener("focus", () => setTimeout(prepareSearch, 0));
  search.addEventListener("input", showResults);
  search.addEventListener("blur", () => setTimeout(closeResults, 200));
  search.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) mark(chosen + moves[event.key]);
    else if (event.key === "Enter") take(chosen);
    else if (event.key === "Escape") {
      search.value = "";
      closeResults();
      canvas.focus();
    } else return;
    event.preventDefault();
  });
}

function pick(name, checked, changed, count, mark_) {
  const box = make("input", { type: "checkbox", checked, onchange: () => changed(box.checked) });
  return make("label", { className: "pick" }, box, mark_ || "", make("span", { textContent: name }), make("output", { textContent: count }));
}

function fillFilters() {
  const place = document.querySelector("#filters div");
  document.querySelector("#filters summary").textContent = WORDS.filters;
  const toggle = (set, item) => (on) => {
    if (on) set.delete(item);
    else set.add(item);
    refresh();
  };
  const group = (title, ...items) => place.append(make("fieldset", {}, make("legend", { textContent: title }), ...items));
  const counts = GROUPS.map(() => 0);
  for (const concept of CONCEPTS) counts[groupOf(concept.s)]++;
  const picks = GROUPS.map((section, index) => pick(section.t, true, toggle(filter.groups, index), counts[index], groupKey(index)));
  const all = (on) => () => {
    filter.groups = new Set(on ? [] : GROUPS.keys());
    for (const label of picks) label.querySelector("input").checked = on;
    refresh();
  };
  const both = [[WORDS.everything, true], [WORDS.none, false]].map(([textContent, on]) => make("button", { type: "button", className: "small", textContent, onclick: all(on) }));
  group(WORDS.sections, make("p", {}, ...both), ...picks);
  // Both views of a relation: what it says, and where it was found.
  const kindsOf = (title, names, column, set, ...rest) => {
    const used = names.map((_, kind) => PROPOSITIONS.filter((p) => p[column] === kind).length);
    const shown = names.map((kind, index) => [WORDS[kind === "list" ? "listkind" : kind] ?? kind, index]).filter(([, index]) => used[index]);
    group(title, ...shown.map(([name, index]) => pick(name, true, toggle(set, index), used[index])), ...rest);
  };
  if (PROPOSITIONS.length) {
    const phrased = pick(WORDS.phrased, false, (on) => { filter.phrased = on; refresh(); }, PROPOSITIONS.filter((p) => p[PHRASE]).length);
    kindsOf(WORDS.types, DATA.types, TYPE, filter.types, phrased);
    kindsOf(WORDS.kinds, DATA.kinds, KIND, filter.kinds);
  }
  const tags = [...new Set(CONCEPTS.flatMap((concept) => concept.t || []))].sort();
  if (tags.length) {
    const select = make("select", { onchange: () => { filter.tag = select.value; refresh(); } }, new Option(WORDS.anytag, ""), ...tags.map((tag) => new Option(tag, tag)));
    select.setAttribute("aria-label", WORDS.tags);
    group(WORDS.tags, select);
  }
}

// The legend: colour and outline of a group, as its concepts have them.
function groupKey(index) {
  const key = make("i", { className: "key", "aria-hidden": "true" });
  const { color, dash, round } = groupStyle(index);
  Object.assign(key.style, { borderColor: color, background: mixed(color, "#ffffff", 0.3), borderStyle: dash.length ? "dashed" : "solid", borderRadius: round > 4 ? "45%" : "1px" });
  return key;
}
