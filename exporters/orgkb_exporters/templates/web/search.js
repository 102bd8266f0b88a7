// Search: sections and terms, by all words of the question.
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const MOST = 30;
let entries = null;

// A heading without its tags.
function titleOf(head) {
  const copy = head.cloneNode(true);
  copy.querySelectorAll(".tags").forEach((tags) => tags.remove());
  return copy.textContent.trim();
}

// [title, address, text, where it stands]; from a file where the page names one, else from the page itself.
async function readEntries() {
  if (root.dataset.index) return (await fetch(root.dataset.index)).json();
  const found = [];
  for (const section of document.querySelectorAll("main section[id]")) {
    const head = section.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)");
    if (!head || ["glossary", "index", "map"].includes(section.id)) continue;
    const text = [...section.children].filter((child) => child !== head && child.tagName !== "SECTION").map((child) => child.textContent);
    const above = section.parentElement.closest("section[id]")?.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)");
    found.push([titleOf(head), `#${section.id}`, text.join(" "), above ? titleOf(above) : ""]);
  }
  for (const term of document.querySelectorAll("#glossary dt")) {
    const anchor = term.querySelector("[id]");
    const texts = [];
    for (let next = term.nextElementSibling; next?.tagName === "DD"; next = next.nextElementSibling) {
      texts.push(...[...next.children].filter((child) => child.tagName === "P").map((child) => child.textContent));
    }
    if (anchor) found.push([term.textContent, `#${anchor.id}`, texts.join(" "), WORDS.glossary]);
  }
  return found;
}

async function allEntries() {
  entries ??= (await readEntries()).map(([title, url, text, where]) => {
    const plain = text.replace(/\s+/g, " ").trim();
    return { title: title.trim(), url, text: plain, where, foldedTitle: fold(title), foldedText: fold(plain) };
  });
  return entries;
}

// Words with endings: the last letters of longer ones may differ, as in Russian.
function rate(entry, words) {
  let sum = 0;
  for (const word of words) {
    const stem = word.length > 5 ? word.slice(0, -2) : word;
    const title = entry.foldedTitle;
    if (title === word) sum += 100;
    else if (title.startsWith(word)) sum += 50;
    else if (title.includes(word)) sum += 30;
    else if (title.includes(stem)) sum += 20;
    else if (entry.foldedText.includes(word)) sum += 5 + Math.min(5, entry.foldedText.split(word).length - 1);
    else if (entry.foldedText.includes(stem)) sum += 3;
    else return 0;
  }
  return sum + (entry.where === WORDS.glossary ? 8 : 0);
}

function snippet(entry, words) {
  const places = words.map((word) => entry.foldedText.indexOf(word)).filter((place) => place >= 0);
  const at = places.length ? Math.min(...places) : 0;
  const begin = Math.max(0, entry.text.lastIndexOf(" ", Math.max(0, at - 50)) + 1);
  const part = entry.text.slice(begin, begin + 160);
  return marked((begin ? "… " : "") + part + (begin + 160 < entry.text.length ? " …" : ""), words);
}

// TEXT with the WORDS in <mark>; lengths of folded letters may differ, so it is done letter by letter.
function marked(text, words) {
  const letters = [...text];
  const folded = letters.map(fold);
  const starts = [];
  let all = "";
  folded.forEach((letter) => {
    starts.push(all.length);
    all += letter;
  });
  const on = letters.map(() => false);
  for (const word of words) {
    for (let at = all.indexOf(word); at >= 0 && word; at = all.indexOf(word, at + word.length)) {
      starts.forEach((start, index) => {
        if (start >= at && start < at + word.length) on[index] = true;
      });
    }
  }
  const piece = document.createDocumentFragment();
  let run = "";
  letters.forEach((letter, index) => {
    run += letter;
    if (index + 1 === letters.length || on[index + 1] !== on[index]) {
      piece.append(on[index] ? make("mark", { textContent: run }) : run);
      run = "";
    }
  });
  return piece;
}

function listenToSearch() {
  const input = by("search");
  const list = by("results");
  let chosen = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const all = options();
    chosen = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const go = (option) => {
    close();
    input.blur();
    if (option.dataset.url === location.hash) by(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    else location.href = option.dataset.url;
  };
  const update = async () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) return close();
    const rated = (await allEntries()).map((entry, index) => [rate(entry, words), index, entry]).filter(([sum]) => sum > 0);
    rated.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    list.replaceChildren(
      ...rated.slice(0, MOST).map(([, , entry], number) => {
        const option = make("li", { role: "option", id: `result-${number}` });
        option.dataset.url = entry.url;
        if (entry.where) option.append(make("span", { className: "where", textContent: entry.where }));
        option.append(marked(entry.title, words), make("span", { className: "snippet" }, snippet(entry, words)));
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => go(option));
        return option;
      }),
    );
    if (!rated.length) list.append(make("li", { className: "none", textContent: WORDS.none.replace("{}", input.value.trim()) }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(0);
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" && chosen >= 0 && !list.hidden) go(options()[chosen]);
    else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}
