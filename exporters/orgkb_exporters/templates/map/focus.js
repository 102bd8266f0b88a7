// A neighbourhood laid out anew: what names the concept at the left, the concept, what it names at the right.
const NAME = 14, SAY = 13, CENTRE = 18;
const ROOM = { name: 170, phrase: 140, far: 112, centre: 230 };
const BEND = 64, BEND_FAR = 40, STUB = 18, STUB_FAR = 11, ROW = 10; // the latter where the neighbourhood is deep
const MOST = [0, 24, 8, 5, 4]; // neighbours of one concept by its distance from the middle plus one
const MOST_ALL = 120;

// The tree of the neighbourhood: nodes {c concept, up parent, side, depth, via proposition}, and how many were left out.
function neighbourhood(concept, depth) {
  const root = { c: concept, up: null, side: 0, depth: 0, via: -1, down: [] };
  const nodes = [root];
  const seen = new Set([concept]);
  let left = 0;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node.depth === depth) continue;
    let room = MOST[node.depth + 1];
    for (const [other, via] of neighbours(node.c)) {
      if (seen.has(other)) continue;
      if (!room || nodes.length >= MOST_ALL) {
        left += node.depth === 0 ? 1 : 0;
        continue;
      }
      room--;
      seen.add(other);
      const side = node.side || (PROPOSITIONS[via][SOURCE] === node.c ? 1 : -1);
      const child = { c: other, up: node, side, depth: node.depth + 1, via, down: [] };
      node.down.push(child);
      nodes.push(child);
    }
  }
  return { root, nodes, left };
}

function measureNodes(nodes, narrow, depth) {
  for (const node of nodes) {
    const centre = node.depth === 0;
    const size = centre ? CENTRE : NAME;
    node.size = size;
    node.lines = wrap(CONCEPTS[node.c].n, size, centre ? ROOM.centre : narrow ? 130 : depth > 1 ? 140 : ROOM.name, 3);
    node.w = widest(node.lines, size, centre) + (centre ? 32 : 20);
    node.h = node.lines.length * size * LEADING + (centre ? 16 : 11);
    const phrase = centre ? "" : PROPOSITIONS[node.via][PHRASE];
    node.phrase = phrase ? wrap(phrase, SAY, narrow ? 128 : depth > 1 ? ROOM.far : ROOM.phrase, 3) : [];
    node.pw = node.phrase.length ? widest(node.phrase, SAY) + 10 : 0;
    node.ph = node.phrase.length * SAY * LEADING;
  }
}

function focusScene(concept, depth, narrow) {
  const { root, nodes, left } = neighbourhood(concept, depth);
  const spine = narrow && depth === 1;
  measureNodes(nodes, spine, depth);
  const scene = { kind: "focus", depth, spine, boxes: [], lines: [], says: [], districts: [], regions: [], left };
  if (spine) placeSpine(root, scene);
  else placeTree(root, nodes, scene, depth > 1);
  for (const node of nodes) {
    scene.boxes.push({
      c: node.c, x: node.x, y: node.y, w: node.w, h: node.h, lines: node.lines, size: node.size,
      role: node.depth === 0 ? "centre" : node.depth === 1 ? (node.side > 0 ? "named" : "naming") : "far",
    });
  }
  if (!spine) crossLinks(nodes, scene);
  scene.bounds = boundsOf(scene);
  return scene;
}

function placeTree(root, nodes, scene, deep) {
  const [bend, stub] = deep ? [BEND_FAR, STUB_FAR] : [BEND, STUB];
  const columns = new Map(); // side * depth → {box, phrase}: widths
  for (const node of nodes) {
    const key = node.side * node.depth;
    const column = columns.get(key) || { box: 0, phrase: 0 };
    column.box = Math.max(column.box, node.w);
    column.phrase = Math.max(column.phrase, node.pw);
    columns.set(key, column);
  }
  for (const node of [...nodes].reverse()) {
    const own = Math.max(node.h, node.ph) + ROW;
    const tall = (side) => node.down.filter((n) => !side || n.side === side).reduce((sum, n) => sum + n.tall, 0);
    node.tall = node.depth ? Math.max(own, tall(0)) : Math.max(own, tall(1), tall(-1));
  }
  Object.assign(root, { x: -root.w / 2, y: -root.h / 2, middle: 0 });
  for (const node of nodes) {
    for (const side of node.depth ? [node.side] : [-1, 1]) {
      const group = node.down.filter((n) => n.side === side);
      let y = node.middle - group.reduce((sum, n) => sum + n.tall, 0) / 2;
      for (const child of group) {
        child.middle = y + child.tall / 2;
        child.y = child.middle - child.h / 2;
        y += child.tall;
      }
    }
  }
  for (const side of [-1, 1]) {
    let x = root.w / 2;
    for (let depth = 1; columns.has(side * depth); depth++) {
      const { box, phrase } = columns.get(side * depth);
      const near = x + bend;
      const far = near + (phrase ? phrase + 2 * stub : stub);
      for (const node of nodes.filter((n) => n.side === side && n.depth === depth)) {
        node.x = side > 0 ? far : -far - node.w;
        link(node, side, near, far, near + stub + phrase / 2, scene);
      }
      x = far + box;
    }
  }
}

// The line from NODE's parent: a bend as far as NEAR, then straight through the phrase at MIDDLE to the box at FAR.
function link(node, side, near, far, middle, scene) {
  const p = PROPOSITIONS[node.via];
  const up = node.up;
  const start = side > 0 ? up.x + up.w : up.x;
  const bend = (start + side * near) / 2;
  const inward = p[TARGET] === up.c; // the arrow points at the parent
  const [from, to] = [start + (inward ? side * 7 : 0), side * (far - (inward ? 0 : 7))];
  scene.lines.push({
    a: p[SOURCE], b: p[TARGET], dashed: !p[PHRASE], number: node.via,
    path: [["M", from, up.middle], ["C", bend, up.middle, bend, node.middle, side * near, node.middle], ["L", to, node.middle]],
    arrow: inward ? [start, up.middle, side > 0 ? Math.PI : 0] : [side * far, node.middle, side > 0 ? 0 : Math.PI],
  });
  if (node.phrase.length) {
    scene.says.push({ x: side * middle, y: node.middle, w: node.pw, h: node.ph, lines: node.phrase, number: node.via });
  }
}

// For a phone: each proposition is a line of its own, from left to right.
function placeSpine(root, scene) {
  const width = 350, trunk = 10, inset = 24, corner = 8;
  const naming = root.down.filter((n) => n.side < 0), named = root.down.filter((n) => n.side > 0);
  const column = (group) => Math.min(Math.max(0, ...group.map((n) => n.w)), 150);
  let y = 0;
  const rows = (group) => {
    for (const node of group) {
      const tall = Math.max(node.h, node.ph);
      node.middle = y + tall / 2;
      y += tall + ROW;
    }
  };
  const put = (node, x, w) => Object.assign(node, { x, w, y: node.middle - node.h / 2 });
  const say = (node, from, to) => {
    if (node.phrase.length) scene.says.push({ x: (from + to) / 2, y: node.middle, w: node.pw, h: node.ph, lines: node.phrase, number: node.via });
  };
  const ends = (node) => ({ a: PROPOSITIONS[node.via][SOURCE], b: PROPOSITIONS[node.via][TARGET], number: node.via, dashed: !node.phrase.length });
  rows(naming);
  Object.assign(root, { x: (width - root.w) / 2, y: y + 4, middle: y + 4 + root.h / 2 });
  y += root.h + 4 + ROW + 4;
  rows(named);
  const inW = column(naming), outW = column(named);
  for (const node of naming) {
    put(node, inset, inW);
    const right = width - trunk;
    scene.lines.push({ ...ends(node), path: [["M", inset + inW, node.middle], ["L", right - corner, node.middle], ["Q", right, node.middle, right, node.middle + corner]] });
    say(node, inset + inW, right - corner);
  }
  if (naming.length) {
    const right = width - trunk, end = root.x + root.w;
    scene.lines.push({
      a: root.c, b: root.c, path: [["M", right, naming[0].middle + corner], ["L", right, root.middle - corner], ["Q", right, root.middle, right - corner, root.middle], ["L", end + 7, root.middle]],
      arrow: [end, root.middle, Math.PI],
    });
  }
  if (named.length) {
    const last = named[named.length - 1].middle;
    scene.lines.push({ a: root.c, b: root.c, path: [["M", root.x, root.middle], ["L", trunk + corner, root.middle], ["Q", trunk, root.middle, trunk, root.middle + corner], ["L", trunk, last - corner]] });
  }
  for (const node of named) {
    const x = width - inset - outW;
    put(node, x, outW);
    scene.lines.push({
      ...ends(node), path: [["M", trunk, node.middle - corner], ["Q", trunk, node.middle, trunk + corner, node.middle], ["L", x - 7, node.middle]],
      arrow: [x, node.middle, 0],
    });
    say(node, trunk + corner, x - 7);
  }
}

// Propositions between shown concepts that the tree does not hold: thin and dotted.
function crossLinks(nodes, scene) {
  const at = new Map(nodes.map((node) => [node.c, node]));
  const held = new Set(nodes.map((node) => node.via));
  const pairs = new Set(nodes.map((node) => (node.up ? [node.c, node.up.c].sort().join() : "")));
  for (const node of nodes) {
    for (const number of around[node.c]) {
      const p = PROPOSITIONS[number];
      const pair = [p[SOURCE], p[TARGET]].sort().join();
      if (held.has(number) || pairs.has(pair) || !counted(p)) continue;
      const [a, b] = [at.get(p[SOURCE]), at.get(p[TARGET])];
      if (!a || !b) continue;
      pairs.add(pair);
      scene.lines.unshift(across(a, b, p, number));
    }
  }
}

function across(a, b, p, number) {
  const right = (a.side || b.side) >= 0 ? 1 : -1;
  const edge = (n) => (n.side === 0 ? n.x + n.w / 2 : right > 0 ? n.x + n.w : n.x);
  const [x1, x2] = [edge(a), edge(b)];
  const [y1, y2] = [a.y + a.h / 2, b.y + b.h / 2];
  if (a.side !== b.side || a.depth !== b.depth) {
    const middle = (x1 + x2) / 2;
    return { a: p[SOURCE], b: p[TARGET], faint: true, number, path: [["M", x1, y1], ["C", middle, y1, middle, y2, x2, y2]] };
  }
  const bulge = right * Math.min(70, 18 + Math.abs(y1 - y2) * 0.2);
  return { a: p[SOURCE], b: p[TARGET], faint: true, number, path: [["M", x1, y1], ["C", x1 + bulge, y1, x2 + bulge, y2, x2, y2]] };
}

function boundsOf(scene) {
  const bulging = scene.lines.filter((line) => line.faint).map(({ path: [[, x1, y1], [, a, , b, , x2, y2]] }) => {
    const [left, right] = [Math.min(x1, a, b, x2), Math.max(x1, a, b, x2)];
    return { x: left, y: Math.min(y1, y2), w: right - left, h: Math.abs(y1 - y2) };
  });
  const boxes = [...scene.boxes, ...scene.districts, ...scene.regions, ...bulging, ...scene.says.map((s) => ({ x: s.x - s.w / 2, y: s.y - s.h / 2, w: s.w, h: s.h }))];
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const b of boxes) {
    x0 = Math.min(x0, b.x);
    y0 = Math.min(y0, b.y);
    x1 = Math.max(x1, b.x + b.w);
    y1 = Math.max(y1, b.y + b.h);
  }
  return boxes.length ? { x: x0, y: y0, w: x1 - x0, h: y1 - y0 } : { x: 0, y: 0, w: 1, h: 1 };
}
