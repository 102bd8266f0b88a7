// Theme, contents, and the definitions that appear at terms.
const root = document.documentElement;
const WORDS = JSON.parse(document.getElementById("words").textContent);
const by = (id) => document.getElementById(id);

function make(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

// What the browser remembers may be switched off, and then it throws.
function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    return null;
  }
  return value;
}

function listenToTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const known = remember("orgkb-theme");
  if (known === "dark" || known === "light") root.dataset.theme = known;
  by("theme").addEventListener("click", () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    remember("orgkb-theme", root.dataset.theme);
  });
}

function openMenu(open) {
  document.body.classList.toggle("open", open);
  by("menu").setAttribute("aria-expanded", String(open));
}

function listenToMenu() {
  by("menu").addEventListener("click", () => openMenu(!document.body.classList.contains("open")));
  by("side").addEventListener("click", (event) => event.target.closest("a") && openMenu(false));
  by("text").addEventListener("click", () => openMenu(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && openMenu(false));
}

// The section that is being read is marked in the contents.
function followReading() {
  const links = new Map();
  by("side").querySelectorAll("a[href*='#']").forEach((link) => {
    if (link.pathname === location.pathname) links.set(decodeURIComponent(link.hash.slice(1)), link);
  });
  const heads = [...document.querySelectorAll("main section[id]")].filter((section) => links.has(section.id));
  if (!heads.length) return;
  let now = null;
  const update = () => {
    let here = heads[0];
    for (const section of heads) {
      if (section.getBoundingClientRect().top > 120) break;
      here = section;
    }
    if (here === now) return;
    if (now) links.get(now.id).removeAttribute("aria-current");
    now = here;
    const link = links.get(here.id);
    link.setAttribute("aria-current", "location");
    for (let above = link.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    const side = by("side");
    const box = link.getBoundingClientRect();
    const frame = side.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) side.scrollTop += box.top - frame.top - frame.height / 2;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  }, { passive: true });
  update();
}

// The definition of a term appears where the pointer or the keyboard rests on its link.
function showMeanings(meaning) {
  const card = by("card");
  const hide = () => {
    card.hidden = true;
  };
  const show = async (link) => {
    const found = await meaning(link);
    if (!found || !(link.matches(":hover") || link === document.activeElement)) return;
    card.replaceChildren(make("b", { textContent: found.title }), found.text);
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, root.clientWidth - card.offsetWidth - 8));
    const below = at.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY}px`;
  };
  const of = (event) => event.target.closest?.("a[href*='#concept-']");
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && of(event) && show(of(event)));
  document.addEventListener("pointerout", (event) => of(event) && hide());
  document.addEventListener("focusin", (event) => of(event) && event.target.matches(":focus-visible") && show(of(event)));
  document.addEventListener("focusout", hide);
  addEventListener("scroll", hide, { passive: true });
}
