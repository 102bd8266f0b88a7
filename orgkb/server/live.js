// A page that is open is loaded again when what it shows has changed.  Only a page that is looked at listens.
(() => {
"use strict";
let source = null;
let known = null;

async function look() {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  const found = (await answer.text()).match(/<html[^>]* data-version="([0-9a-f]+)"/);
  if (found && found[1] !== document.documentElement.dataset.version && !document.activeElement?.matches("input[type=text]")) location.reload();
}

// How many questions and problems there are is found out when the page is there: it takes longer than the page.
async function tell() {
  const counts = await (await fetch("/counts", { cache: "no-store" })).json();
  for (const link of document.querySelectorAll(".pages a")) {
    const count = counts[link.getAttribute("href")];
    if (count === undefined) continue;
    let shown = link.querySelector(".count");
    if (!shown) {
      shown = document.createElement("span");
      shown.className = "count";
      link.append(" ", shown);
    }
    shown.textContent = count;
  }
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource("/events");
  source.addEventListener("message", (event) => {
    if (known !== event.data) look().then(tell).catch(() => {});
    known = event.data;
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return listen();
  source?.close();
  source = null;
});
addEventListener("pagehide", () => source?.close());
listen();
})();
