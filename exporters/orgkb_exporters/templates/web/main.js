// The interactive map in a frame of its own, and the beginning.
function listenToMap() {
  const source = by("viewer");
  const button = by("explore");
  const there = document.querySelector("main > iframe");
  // A click on a place in the map: the frame, which has no other way out, tells us its address.
  const listen = (frame, before) => {
    addEventListener("message", (event) => {
      const address = event.data?.orgkb;
      if (event.source !== frame.contentWindow || typeof address !== "string") return;
      const inside = address.startsWith("./#");
      if (!inside && !/^\/(?!\/)/.test(address)) return;
      before();
      if (inside) location.hash = address.slice(2);
      else location.href = address;
    });
  };
  if (there) listen(there, () => {});
  if (!source || !button) return;
  let dialog = null;
  button.addEventListener("click", () => {
    if (!dialog) {
      const frame = make("iframe", { title: WORDS.map, sandbox: "allow-scripts allow-downloads" });
      frame.srcdoc = JSON.parse(source.textContent);
      const close = make("button", { type: "button", textContent: WORDS.close, onclick: () => dialog.close() });
      dialog = make("dialog", { id: "atlas" }, make("p", {}, WORDS.map, close), frame);
      document.body.append(dialog);
      listen(frame, () => dialog.close());
    }
    dialog.showModal();
  });
  button.hidden = false;
}

async function meaningOf(link) {
  if (link.closest("#glossary, #index, #results")) return null;
  const anchor = decodeURIComponent(link.hash);
  const entry = (await allEntries()).find((one) => decodeURIComponent(one.url).endsWith(anchor));
  return entry?.text ? { title: entry.title, text: entry.text.length > 320 ? `${entry.text.slice(0, 320)}…` : entry.text } : null;
}

listenToTheme();
listenToMenu();
listenToSearch();
listenToMap();
showMeanings(meaningOf);
followReading();
// Other scripts of the page come after this one.
document.addEventListener("DOMContentLoaded", () => {
  root.dataset.ready = "true";
});
