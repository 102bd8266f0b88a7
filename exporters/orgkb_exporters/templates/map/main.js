// Addresses, keys, buttons; and the beginning.
const root = document.documentElement;
const help = document.getElementById("help");
const status = document.getElementById("status");

// Leave a track in the browser's history: #pod?depth=2, and #?depth=0 for the whole map.
function go(index, depth) {
  const hash = index < 0 ? "#?depth=0" : `#${encodeURIComponent(CONCEPTS[index].i)}?depth=${depth}`;
  if (location.hash === hash) arrive();
  else location.hash = hash;
}

function arrive() {
  const [name, query] = location.hash.slice(1).split("?");
  let id = name;
  try {
    id = decodeURIComponent(name);
  } catch {
    // not ours: taken as it stands
  }
  const index = byId.get(id) ?? -1;
  const wanted = Number(new URLSearchParams(query || "").get("depth") ?? (index < 0 ? 0 : 1));
  state.concept = index;
  state.depth = index < 0 ? 0 : Math.min(4, Math.max(0, Math.trunc(wanted) || 0));
  state.cursor = index;
  buildScene();
  fit();
  if (state.scene.kind === "whole" && index >= 0) centreOn(index, Math.max(camera.scale, 0.9));
  showPanel(index);
  tell();
}

function tell() {
  const n = state.scene.boxes.length;
  const left = state.scene.left ? `; ${fill(WORDS.left, { n: state.scene.left })}` : "";
  status.textContent = fill(WORDS.shown, { n, all: CONCEPTS.length }) + left;
  document.querySelectorAll("#depth button").forEach((button, depth) => {
    button.setAttribute("aria-checked", String(depth === state.depth));
    button.tabIndex = depth === state.depth ? 0 : -1;
  });
  document.title = state.concept >= 0 ? `${CONCEPTS[state.concept].n} – ${DATA.title}` : DATA.title;
}

// After a filter has changed.
function refresh() {
  buildScene();
  fit();
  if (state.concept >= 0) showPanel(state.concept);
  tell();
}

function setDepth(depth) {
  if (depth === 0) go(-1, 0);
  else go(state.cursor >= 0 ? (state.scene.kind === "whole" ? state.cursor : state.concept) : 0, depth);
}

function setTheme(theme) {
  root.dataset.theme = theme;
  redraw();
}

function act(key) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (key in moves) walk(...moves[key]);
  else if (key === "Enter" && state.cursor >= 0) go(state.cursor, state.depth || 1);
  else if (key >= "0" && key <= "4" && key.length === 1) setDepth(Number(key));
  else if (key === "f") fit();
  else if (key === "+" || key === "=") zoom(1.25);
  else if (key === "-") zoom(0.8);
  else if (key === "t") setTheme(root.dataset.theme === "dark" ? "light" : "dark");
  else if (key === "Backspace") history.back();
  else if (key === "/") search.focus();
  else if (key === "?") help.showModal();
  else if (key === "Escape") {
    if (state.scene.kind === "focus" && state.cursor !== state.concept) stand(state.concept);
    else if (state.scene.kind === "focus") setDepth(0);
    else {
      state.cursor = -1;
      showPanel(-1);
      redraw();
    }
  } else return false;
  return true;
}

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea") || help.open;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target.matches("button, summary, a, input");
    if (onControl && ["Enter", " "].includes(event.key)) return;
    if (!canvas.contains(event.target) && event.key.startsWith("Arrow") && event.target !== document.body) {
      if (event.target.closest("#depth")) {
        setDepth((state.depth + (["ArrowLeft", "ArrowUp"].includes(event.key) ? 4 : 1)) % 5);
        document.querySelector('#depth [aria-checked="true"]').focus();
        event.preventDefault();
      }
      return;
    }
    if (act(event.key)) event.preventDefault();
  });
}

function fillTools() {
  document.querySelector("#side h1").textContent = DATA.title;
  const tools = document.getElementById("tools");
  const button = (text, title, run) => tools.append(make("button", { type: "button", textContent: text, title, "aria-label": title, onclick: run }));
  button("←", WORDS.back, () => history.back());
  button("+", WORDS.in, () => zoom(1.25));
  button("−", WORDS.out, () => zoom(0.8));
  button(WORDS.fit, WORDS.fit, fit);
  button(WORDS.savesvg, WORDS.savesvg, saveSvg);
  button(WORDS.savepng, WORDS.savepng, savePng);
  button(WORDS.savedot, WORDS.savedot, saveDot);
  button(WORDS.theme, WORDS.theme, () => act("t"));
  button("?", WORDS.help, () => help.showModal());
  const depth = document.getElementById("depth");
  depth.setAttribute("aria-label", WORDS.depth);
  depth.append(make("span", { textContent: WORDS.depth }));
  for (let d = 0; d <= 4; d++) {
    depth.append(make("button", { type: "button", role: "radio", textContent: d ? String(d) : WORDS.whole, onclick: () => setDepth(d) }));
  }
  const rows = WORDS.keys.map(([key, what]) => make("tr", {}, make("td", {}, make("kbd", { textContent: key })), make("td", { textContent: what })));
  help.append(make("h2", { textContent: WORDS.help }), make("table", {}, ...rows), make("button", { type: "button", textContent: WORDS.close, onclick: () => help.close() }));
  canvas.setAttribute("aria-label", WORDS.map);
  canvas.setAttribute("role", "img");
}

function begin() {
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => setTheme(event.matches ? "dark" : "light"));
  fillTools();
  fillFilters();
  measureWindow();
  listenToPointers();
  listenToSearch();
  listenToKeys();
  new ResizeObserver(() => {
    if (!measureWindow()) return;
    buildScene();
    fit();
    tell();
    draw(); // before this frame is painted, else it would show an empty canvas
  }).observe(canvas.parentElement);
  let themeBefore = "light";
  window.addEventListener("beforeprint", () => {
    themeBefore = root.dataset.theme;
    root.dataset.theme = "light";
    putOnPaper();
  });
  window.addEventListener("afterprint", () => {
    document.getElementById("paper").replaceChildren();
    setTheme(themeBefore);
  });
  window.addEventListener("hashchange", arrive);
  // A local view is what opens: the most important concept that is related to any.
  const first = CONCEPTS.findIndex((_, index) => around[index].length > 0);
  if (location.hash.length < 2 && first >= 0) {
    const hash = `#${encodeURIComponent(CONCEPTS[first].i)}?depth=1`;
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.hash = hash; // in a frame of another page, which has no address of its own
    }
  }
  arrive();
  // Ready is what the reader sees: the first frame is painted. What is only heard follows at once.
  requestAnimationFrame(() => {
    root.dataset.ready = "true";
    setTimeout(fillList, 0);
  });
}

begin();
