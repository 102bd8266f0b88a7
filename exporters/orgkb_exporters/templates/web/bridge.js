// In the frame of the map: a link to a place in the notes is told to the page around it.
document.addEventListener("click", (event) => {
  const address = event.target.closest("a.place[href]")?.getAttribute("href");
  if (!address || !/^(\.\/#|\/(?!\/))/.test(address)) return;
  event.preventDefault();
  parent.postMessage({ orgkb: address }, "*");
}, true);
