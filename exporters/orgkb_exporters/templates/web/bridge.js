// In the frame of the map: links to places of the book are told to the page around it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='./#'], a[href^='#']");
  if (!link) return;
  event.preventDefault();
  parent.postMessage({ orgkb: decodeURIComponent(link.getAttribute("href").replace(/^[^#]*#/, "")) }, "*");
}, true);
