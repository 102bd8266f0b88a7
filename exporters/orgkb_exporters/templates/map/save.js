// What is shown, as a file.
function shownScene() {
  if (state.scene.kind === "focus") return { ...state.scene.bounds };
  const view = windowBox(), all = state.scene.bounds;
  const x = Math.max(view.x, all.x), y = Math.max(view.y, all.y);
  return { x, y, w: Math.max(1, Math.min(view.x + view.w, all.x + all.w) - x), h: Math.max(1, Math.min(view.y + view.h, all.y + all.h) - y) };
}

function offer(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function fileName(extension) {
  const stem = state.concept >= 0 && state.depth > 0 ? CONCEPTS[state.concept].n : DATA.title;
  return `${stem.replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 60) || "map"}.${extension}`;
}

function svgText() {
  const b = shownScene(), edge = 16;
  const painter = new SvgPainter();
  paintScene(painter, LIGHT);
  const box = [b.x - edge, b.y - edge, b.w + 2 * edge, b.h + 2 * edge].map(short);
  const title = state.concept >= 0 && state.depth > 0 ? CONCEPTS[state.concept].n : DATA.title;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${box[2]}" height="${box[3]}" viewBox="${box.join(" ")}" font-family="${escaped(FONT)}" role="img">\n` +
    `<title>${escaped(title)}</title>\n<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${LIGHT.ground}"/>\n${painter.parts.join("\n")}\n</svg>\n`;
}

function savePng() {
  const b = shownScene(), edge = 16;
  const k = Math.min(2, 8000 / Math.max(b.w, b.h));
  const sheet = make("canvas", { width: Math.ceil((b.w + 2 * edge) * k), height: Math.ceil((b.h + 2 * edge) * k) });
  const context = sheet.getContext("2d");
  context.fillStyle = LIGHT.ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.setTransform(k, 0, 0, k, (edge - b.x) * k, (edge - b.y) * k);
  paintScene(new CanvasPainter(context), LIGHT);
  sheet.toBlob((blob) => offer(fileName("png"), blob), "image/png");
}

function dotText() {
  const view = windowBox();
  const seen = (b) => state.scene.kind === "focus" || (b.x < view.x + view.w && b.x + b.w > view.x && b.y < view.y + view.h && b.y + b.h > view.y);
  const boxes = state.scene.boxes.filter(seen);
  const shown = new Set(boxes.map((b) => b.c));
  const quoted = (text) => `"${text.replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const lines = ["digraph map {", '  graph [charset="UTF-8" rankdir="LR"]', '  node [shape="box" style="rounded" fontname="Arial"]', '  edge [fontname="Arial" fontsize="10"]'];
  for (const b of boxes) lines.push(`  n${b.c} [label=${quoted(CONCEPTS[b.c].n)}]`);
  const told = new Set();
  for (const line of state.scene.lines) {
    if (line.number === undefined || told.has(line.number) || !shown.has(line.a) || !shown.has(line.b)) continue;
    told.add(line.number);
    const p = PROPOSITIONS[line.number];
    lines.push(`  n${p[SOURCE]} -> n${p[TARGET]} [${p[PHRASE] ? `label=${quoted(p[PHRASE])}` : 'style="dashed"'}]`);
  }
  return [...lines, "}", ""].join("\n");
}

const saveSvg = () => offer(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" }));
const saveDot = () => offer(fileName("dot"), new Blob([dotText()], { type: "text/vnd.graphviz" }));

// For the printer: what is shown as lines and letters, not as the screen's pixels.
function putOnPaper() {
  const drawing = new DOMParser().parseFromString(svgText(), "image/svg+xml").documentElement;
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  document.getElementById("paper").replaceChildren(document.adoptNode(drawing));
}
