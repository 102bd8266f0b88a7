// One description of the picture, two painters: a canvas and an SVG file.
const LIGHT = { ground: "#ffffff", ink: "#111827", faint: "#4b5563", line: "#64748b", edge: "#d5dbe3", accent: "#0b4f7d", onAccent: "#ffffff", phrase: "#1f2937", tint: 0.16 };

function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: read("ground"), ink: read("ink"), faint: read("faint"), line: read("line"), edge: read("edge"),
    accent: read("accent"), onAccent: read("on-accent"), phrase: read("phrase"), tint: Number(read("tint")),
  };
}

// COLOR thinned to SHARE over GROUND.
function mixed(color, ground, share) {
  const channel = (text, at) => parseInt(text.slice(at, at + 2), 16);
  return "#" + [1, 3, 5].map((at) => Math.round(channel(color, at) * share + channel(ground, at) * (1 - share)).toString(16).padStart(2, "0")).join("");
}

const DASHES = [[], [], [5, 3], [5, 3], [], []];

// Colour and outline of a section or its file; both together tell sections apart, in print without colours too.
function sectionStyle(section) {
  return groupStyle(groupOf(section));
}

function groupStyle(group) {
  const kind = group % DATA.colors.length;
  return { color: DATA.colors[kind], dash: DASHES[kind], round: kind % 2 === 0 ? 7 : 2 };
}

class CanvasPainter {
  constructor(context) {
    this.context = context;
  }
  rect(x, y, w, h, { fill, stroke, width = 1, dash = [], round = 0 }) {
    const c = this.context;
    c.beginPath();
    if (round) c.roundRect(x, y, w, h, round);
    else c.rect(x, y, w, h);
    if (fill) {
      c.fillStyle = fill;
      c.fill();
    }
    if (stroke) {
      c.strokeStyle = stroke;
      c.lineWidth = width;
      c.setLineDash(dash);
      c.stroke();
    }
  }
  line(path, { stroke, width = 1, dash = [], fill }) {
    const c = this.context;
    c.beginPath();
    for (const [command, ...v] of path) {
      if (command === "M") c.moveTo(...v);
      else if (command === "L") c.lineTo(...v);
      else if (command === "Q") c.quadraticCurveTo(...v);
      else if (command === "C") c.bezierCurveTo(...v);
      else c.closePath();
    }
    if (fill) {
      c.fillStyle = fill;
      c.fill();
      return;
    }
    c.strokeStyle = stroke;
    c.lineWidth = width;
    c.setLineDash(dash);
    c.stroke();
  }
  // Many boxes or lines of one look at once: a call for each would take most of the time of a frame.
  rects(boxes, look) {
    const c = this.context;
    c.beginPath();
    for (const { x, y, w, h } of boxes) {
      if (look.round) c.roundRect(x, y, w, h, look.round);
      else c.rect(x, y, w, h);
    }
    c.fillStyle = look.fill;
    c.fill();
    c.strokeStyle = look.stroke;
    c.lineWidth = look.width;
    c.setLineDash(look.dash);
    c.stroke();
  }
  lines(lines, { stroke, width, dash }) {
    const c = this.context;
    c.strokeStyle = stroke;
    c.lineWidth = width;
    c.setLineDash(dash);
    c.beginPath();
    for (const { path: [[, x, y], [, ...curve]] } of lines) {
      c.moveTo(x, y);
      c.bezierCurveTo(...curve);
    }
    c.stroke();
  }
  text(text, x, y, size, { color, bold = false, room = 0, start = false }) {
    const c = this.context;
    c.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
    c.fillStyle = color;
    c.textAlign = start ? "left" : "center";
    c.textBaseline = "alphabetic";
    if (room) c.fillText(text, x, y, room);
    else c.fillText(text, x, y);
  }
  open() {}
  close() {}
}

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const short = (number) => String(Math.round(number * 100) / 100);

class SvgPainter {
  constructor() {
    this.parts = [];
    this.separate = true; // each concept is a group with its name as title
  }
  lines(lines, look) {
    for (const line of lines) {
      this.open("proposition", sentence(PROPOSITIONS[line.number]));
      this.line(line.path, look);
      this.close();
    }
  }
  look({ fill, stroke, width = 1, dash = [] }) {
    const outline = stroke ? ` stroke="${stroke}" stroke-width="${short(width)}"` : "";
    return `fill="${fill || "none"}"${outline}${stroke && dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}`;
  }
  rect(x, y, w, h, look) {
    const round = look.round ? ` rx="${look.round}"` : "";
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}"${round} ${this.look(look)}/>`);
  }
  line(path, look) {
    this.parts.push(`<path d="${path.map(([command, ...v]) => command + v.map(short).join(" ")).join("")}" ${this.look(look)}/>`);
  }
  text(text, x, y, size, { color, bold = false, room = 0, start = false }) {
    const length = Math.min(widthOf(text, size, bold), room || Infinity);
    this.parts.push(
      `<text x="${short(x)}" y="${short(y)}" font-size="${short(size)}" fill="${color}" text-anchor="${start ? "start" : "middle"}"` +
        `${bold ? ' font-weight="bold"' : ""} textLength="${short(length)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`,
    );
  }
  open(kind, title) {
    this.parts.push(`<g class="${kind}"><title>${escaped(title)}</title>`);
  }
  close() {
    this.parts.push("</g>");
  }
}

function paintLines(painter, lines, x, y, size, look) {
  const step = size * LEADING;
  const first = y - (step * (lines.length - 1)) / 2 + size * 0.36;
  lines.forEach((line, index) => painter.text(line, x, first + index * step, size, look));
}

function arrow([x, y, angle], stroke) {
  const turned = (dx, dy) => [x + dx * Math.cos(angle) - dy * Math.sin(angle), y + dx * Math.sin(angle) + dy * Math.cos(angle)];
  return [[["M", x, y], ["L", ...turned(-9, -4.5)], ["L", ...turned(-9, 4.5)], ["Z"]], { fill: stroke }];
}

function sentence(p) {
  return [CONCEPTS[p[SOURCE]].n, p[SAID] ?? p[PHRASE], CONCEPTS[p[TARGET]].n].filter(Boolean).join(" ");
}

// SCENE in full, as the focus view shows it; CURSOR is the concept that the reader stands on.
function paintFocus(painter, scene, colors, cursor) {
  for (const line of scene.lines) {
    const lit = line.number !== undefined && cursor >= 0 && (line.a === cursor || line.b === cursor) && cursor !== scene.boxes[0].c;
    const stroke = lit ? colors.accent : line.faint ? mixed(colors.line, colors.ground, 0.45) : colors.line;
    if (line.faint && scene.depth > 1 && !lit) continue; // too many to follow
    if (line.number !== undefined) painter.open("proposition", sentence(PROPOSITIONS[line.number]));
    painter.line(line.path, { stroke, width: lit ? 2.2 : line.faint ? 1 : 1.5, dash: line.faint ? [2, 4] : line.dashed ? [5, 4] : [] });
    if (line.arrow) painter.line(...arrow(line.arrow, stroke));
    if (line.number !== undefined) painter.close();
  }
  for (const say of scene.says) {
    painter.rect(say.x - say.w / 2, say.y - say.h / 2, say.w, say.h, { fill: colors.ground });
    paintLines(painter, say.lines, say.x, say.y, SAY, { color: colors.phrase });
  }
  for (const box of scene.boxes) {
    const concept = CONCEPTS[box.c];
    const style = sectionStyle(concept.s);
    const centre = box.role === "centre";
    painter.open("concept", concept.n);
    if (cursor === box.c && !centre) painter.rect(box.x - 4, box.y - 4, box.w + 8, box.h + 8, { stroke: colors.accent, width: 2.5, round: style.round + 3 });
    painter.rect(box.x, box.y, box.w, box.h, centre
      ? { fill: colors.accent, stroke: colors.accent, round: 8 }
      : { fill: mixed(style.color, colors.ground, colors.tint), stroke: style.color, width: 1.6, dash: style.dash, round: style.round });
    paintLines(painter, box.lines, box.x + box.w / 2, box.y + box.h / 2, box.size, { color: centre ? colors.onAccent : colors.ink, bold: centre });
    painter.close();
  }
}

const LEGIBLE = 5.6; // pixels: where the smallest names would be smaller, only some are painted, larger

// The part VIEW {x, y, w, h, scale} of the whole map.
function paintWhole(painter, scene, colors, cursor, view) {
  const inView = (b) => b.x < view.x + view.w && b.x + b.w > view.x && b.y < view.y + view.h && b.y + b.h > view.y;
  const seen = (b) => b.w * view.scale > 0.4;
  for (const region of scene.regions) {
    if (inView(region)) painter.rect(region.x, region.y, region.w, region.h, { fill: mixed(colors.line, colors.ground, 0.05), stroke: colors.edge, width: 1.5 / view.scale, round: 16 });
  }
  for (const district of scene.districts) {
    if (!inView(district)) continue;
    const { color } = sectionStyle(district.s);
    painter.rect(district.x, district.y, district.w, district.h, { fill: mixed(color, colors.ground, colors.tint * 0.38), stroke: mixed(color, colors.ground, 0.6), width: 1.2 / view.scale, round: 10 });
  }
  const faint = mixed(colors.line, colors.ground, 0.6);
  const inSight = scene.lines.filter((line) => inView(line.box) && Math.max(line.box.w, line.box.h) * view.scale > 2);
  for (const dashed of [false, true]) {
    const look = { stroke: faint, width: Math.max(1, 0.7 / view.scale), dash: dashed && view.scale > 0.3 ? [5, 4] : [] };
    painter.lines(inSight.filter((line) => Boolean(line.dashed) === dashed), look);
  }
  const lit = cursor >= 0 ? litLines(scene, cursor) : [];
  for (const line of lit) {
    painter.open("proposition", sentence(PROPOSITIONS[line.number]));
    painter.line(line.path, { stroke: colors.accent, width: Math.max(1.8, 1.6 / view.scale) });
    painter.close();
  }
  const legible = 11 * view.scale >= LEGIBLE;
  const near = new Set(lit.flatMap((line) => [line.a, line.b]));
  const boxes = scene.boxes.filter((box) => inView(box) && seen(box));
  const labels = legible ? [] : boxes;
  const plain = new Map(); // group → its boxes
  const told = [];
  for (const box of boxes) {
    const group = groupOf(CONCEPTS[box.c].s);
    if (painter.separate || box.c === cursor || near.has(box.c)) told.push(box);
    else if (plain.has(group)) plain.get(group).push(box);
    else plain.set(group, [box]);
  }
  for (const [group, own] of plain) {
    const style = groupStyle(group);
    // What cannot be seen at this size is not drawn: rounded corners, dashes.
    const small = view.scale < 0.3;
    painter.rects(own, { fill: mixed(style.color, colors.ground, colors.tint), stroke: style.color, width: 1, dash: small ? [] : style.dash, round: small ? 0 : style.round });
    if (legible) for (const box of own) paintName(painter, box, colors.ink);
  }
  for (const box of told) {
    const style = sectionStyle(CONCEPTS[box.c].s);
    const on = cursor === box.c, beside = near.has(box.c);
    painter.open("concept", CONCEPTS[box.c].n);
    painter.rect(box.x, box.y, box.w, box.h, on
      ? { fill: colors.accent, stroke: colors.accent, width: 1.5, round: style.round }
      : { fill: mixed(style.color, colors.ground, beside ? 0.45 : colors.tint), stroke: beside ? colors.accent : style.color, width: beside ? 2.5 : 1, dash: style.dash, round: style.round });
    if (legible) paintName(painter, box, on ? colors.onAccent : colors.ink);
    painter.close();
  }
  paintLabels(painter, scene, labels, colors, cursor, view, inView);
}

function paintName(painter, box, color) {
  painter.text(box.label, box.x + box.w / 2, box.y + box.h / 2 + box.size * 0.36, box.size, { color, room: box.w - 6 });
}

// Titles of districts and, where names are too small to read, names of the most important concepts that find room.
function paintLabels(painter, scene, labels, colors, cursor, view, inView) {
  const taken = new Set(); // cells of 20 by 8 pixels
  const cellsOf = (x, y, w, h) => {
    const cells = [];
    for (let i = Math.floor(x / 20); i <= Math.floor((x + w) / 20); i++) {
      for (let j = Math.floor(y / 8); j <= Math.floor((y + h) / 8); j++) cells.push(i * 100003 + j);
    }
    return cells;
  };
  const take = (...area) => cellsOf(...area).forEach((cell) => taken.add(cell));
  const free = (...area) => {
    if (cellsOf(...area).some((cell) => taken.has(cell))) return false;
    take(...area);
    return true;
  };
  const px = 1 / view.scale;
  for (const region of scene.regions) {
    if (inView(region)) paintTitle(painter, region, Math.max(44, Math.min(16 * px, 400)), colors, mixed(colors.line, colors.ground, 0.05), view, take);
  }
  for (const district of scene.districts) {
    if (!inView(district) || district.w * view.scale < 48 || district.h * view.scale < 36) continue;
    const size = Math.max(18, Math.min((scene.regions.length ? 11.5 : 13) * px, 60));
    paintTitle(painter, district, size, colors, mixed(sectionStyle(district.s).color, colors.ground, colors.tint * 0.38), view, take);
  }
  const size = 12 * px;
  let room = 160;
  const first = labels.find((box) => box.c === cursor);
  for (const box of first ? [first, ...labels] : labels) {
    if (!room) break;
    const w = widthOf(box.label, size) + 4 * px;
    const home = scene.home.get(CONCEPTS[box.c].s);
    if (w > home.w && box !== first) continue; // it would cover other districts
    const x = Math.max(home.x, Math.min(box.x + box.w / 2 - w / 2, home.x + home.w - w)), y = box.y + box.h / 2 - size * 0.6;
    if (!free(x * view.scale, y * view.scale, w * view.scale, 15) && box !== first) continue;
    room--;
    painter.rect(x, y - px, w, size * 1.25, { fill: colors.ground, round: 3 * px });
    painter.text(box.label, x + w / 2, box.y + box.h / 2 + size * 0.36, size, { color: colors.ink });
  }
}

function paintTitle(painter, area, size, colors, fill, view, take) {
  const room = area.w - 16;
  const title = widthOf(area.title, size, true) > room ? cut(area.title, size * 1.06, room) : area.title;
  if (title.length < 4 && title !== area.title) return;
  const w = widthOf(title, size, true);
  take((area.x + 8) * view.scale, (area.y + 4) * view.scale, w * view.scale, size * view.scale);
  painter.rect(area.x + 5, area.y + 5, w + 8, size * 1.18, { fill, round: 6 });
  painter.text(title, area.x + 9, area.y + 4 + size, size, { color: colors.ink, bold: true, start: true });
}

function litLines(scene, cursor) {
  const lines = [];
  for (const [other, number] of neighbours(cursor)) {
    const a = scene.at.get(cursor), b = scene.at.get(other);
    if (a && b) lines.push(chord(a, b, number));
  }
  return lines;
}

// A line between two boxes of the whole map.
function chord(a, b, number) {
  const right = b.x + b.w / 2 > a.x + a.w / 2;
  const overlap = a.x < b.x + b.w && b.x < a.x + a.w;
  const p = PROPOSITIONS[number];
  const [y1, y2] = [a.y + a.h / 2, b.y + b.h / 2];
  let path;
  if (overlap) {
    const down = y2 > y1;
    const [xa, xb] = [a.x + a.w / 2, b.x + b.w / 2];
    const [ya, yb] = down ? [a.y + a.h, b.y] : [a.y, b.y + b.h];
    path = [["M", xa, ya], ["C", xa, (ya + yb) / 2, xb, (ya + yb) / 2, xb, yb]];
  } else {
    const x1 = right ? a.x + a.w : a.x;
    const x2 = right ? b.x : b.x + b.w;
    path = [["M", x1, y1], ["C", (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2]];
  }
  const box = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.max(a.x + a.w, b.x + b.w) - Math.min(a.x, b.x), h: Math.max(a.y + a.h, b.y + b.h) - Math.min(a.y, b.y) };
  return { a: p[SOURCE], b: p[TARGET], number, dashed: !p[PHRASE], path, box };
}

// The whole map: districts and boxes at the places that were computed beforehand.
function wholeScene() {
  const scene = { kind: "whole", boxes: [], lines: [], says: [], districts: [], regions: [], at: new Map(), home: new Map(), left: 0 };
  CONCEPTS.forEach((concept, index) => {
    if (!visible(index)) return;
    const [x, y, w, h] = concept.b;
    const box = { c: index, x, y, w, h, size: 11 + 6 * concept.r, label: concept.l || concept.n };
    scene.boxes.push(box);
    scene.at.set(index, box);
  });
  DATA.sections.forEach((section, index) => {
    if (filter.groups.has(groupOf(index))) return;
    const [x, y, w, h] = section.b;
    const district = { s: index, x, y, w, h, title: section.t };
    scene.districts.push(district);
    scene.home.set(index, district);
  });
  DATA.regions.forEach((region, index) => {
    if (filter.groups.has(index)) return;
    const [x, y, w, h] = region.b;
    scene.regions.push({ x, y, w, h, title: region.t });
  });
  const pairs = new Set();
  PROPOSITIONS.forEach((p, number) => {
    const pair = p[SOURCE] < p[TARGET] ? `${p[SOURCE]} ${p[TARGET]}` : `${p[TARGET]} ${p[SOURCE]}`;
    if (CONCEPTS[p[SOURCE]].s !== CONCEPTS[p[TARGET]].s || pairs.has(pair) || !counted(p)) return;
    const [a, b] = [scene.at.get(p[SOURCE]), scene.at.get(p[TARGET])];
    if (!a || !b) return;
    pairs.add(pair);
    scene.lines.push(chord(a, b, number));
  });
  scene.bounds = boundsOf(scene);
  return scene;
}
