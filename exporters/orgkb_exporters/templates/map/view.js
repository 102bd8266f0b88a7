// The canvas: what is shown, from where, and how pointers move it.
const canvas = document.getElementById("map");
const brush = canvas.getContext("2d");
const state = { concept: -1, depth: 1, cursor: -1, scene: null };
const camera = { x: 0, y: 0, scale: 1 };
let size = { w: 1, h: 1, ratio: 1 };
let waiting = false;

function redraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw();
  });
}

function draw() {
  const colors = palette();
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.fillStyle = colors.ground;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  if (!state.scene) return;
  const k = camera.scale * size.ratio;
  brush.setTransform(k, 0, 0, k, -camera.x * k, -camera.y * k);
  paintScene(new CanvasPainter(brush), colors);
}

function paintScene(painter, colors) {
  if (state.scene.kind === "focus") paintFocus(painter, state.scene, colors, state.cursor);
  else paintWhole(painter, state.scene, colors, state.cursor, windowBox());
}

function windowBox() {
  return { x: camera.x, y: camera.y, w: size.w / camera.scale, h: size.h / camera.scale, scale: camera.scale };
}

function measureWindow() {
  const ratio = window.devicePixelRatio || 1;
  const box = canvas.parentElement.getBoundingClientRect();
  const w = Math.max(1, Math.round(box.width)), h = Math.max(1, Math.round(box.height));
  if (w === size.w && h === size.h && ratio === size.ratio) return false;
  size = { w, h, ratio };
  canvas.width = Math.round(w * ratio);
  canvas.height = Math.round(h * ratio); // which clears it: who measures must draw
  return true;
}

const narrow = () => size.w < 560;

function buildScene() {
  state.scene = state.concept >= 0 && state.depth > 0 ? focusScene(state.concept, state.depth, narrow()) : wholeScene();
}

// Show all of the scene; where that would make its letters too small, its middle or the concept in question.
function fit() {
  const b = state.scene.bounds;
  const top = document.getElementById("tools").offsetHeight, edge = 18, foot = 14; // under the buttons, above the status line
  const room = { w: size.w - 2 * edge, h: size.h - top - foot - 2 * edge };
  const wanted = Math.min(room.w / b.w, room.h / b.h, 1.25);
  const least = state.scene.kind === "focus" ? (state.scene.spine ? 0.8 : 0.5) : 0;
  camera.scale = Math.max(wanted, least, 0.01);
  camera.x = b.x + b.w / 2 - size.w / 2 / camera.scale;
  camera.y = b.y + b.h / 2 - (size.h + top - foot) / 2 / camera.scale;
  if (wanted < least) {
    const home = state.scene.boxes[0];
    camera.x = home.x + home.w / 2 - size.w / 2 / camera.scale;
    camera.y = home.y + home.h / 2 - size.h / 2 / camera.scale;
  }
  redraw();
}

function zoom(factor, x = size.w / 2, y = size.h / 2) {
  const scale = Math.min(4, Math.max(0.02, camera.scale * factor));
  camera.x += x / camera.scale - x / scale;
  camera.y += y / camera.scale - y / scale;
  camera.scale = scale;
  redraw();
}

function centreOn(index, scale) {
  const box = state.scene.boxes.find((b) => b.c === index);
  if (!box) return;
  camera.scale = scale || camera.scale;
  camera.x = box.x + box.w / 2 - size.w / 2 / camera.scale;
  camera.y = box.y + box.h / 2 - size.h / 2 / camera.scale;
  redraw();
}

function keepInView(index) {
  const box = state.scene.boxes.find((b) => b.c === index);
  const view = windowBox();
  if (box && (box.x < view.x || box.y < view.y || box.x + box.w > view.x + view.w || box.y + box.h > view.y + view.h)) centreOn(index);
}

function conceptAt(x, y) {
  const [px, py] = [camera.x + x / camera.scale, camera.y + y / camera.scale];
  const slack = 3 / camera.scale;
  const hit = (b) => px >= b.x - slack && px <= b.x + b.w + slack && py >= b.y - slack && py <= b.y + b.h + slack;
  const found = state.scene.boxes.find(hit);
  return found ? found.c : -1;
}

// The concept in the direction (DX, DY) from the one that the reader stands on.
function walk(dx, dy) {
  const boxes = state.scene.boxes;
  const here = boxes.find((b) => b.c === state.cursor) || boxes.find((b) => b.c === state.concept) || boxes[0];
  if (!here) return;
  if (state.cursor < 0 && state.concept < 0) return stand(here.c);
  const [x, y] = [here.x + here.w / 2, here.y + here.h / 2];
  let best = null, least = Infinity;
  for (const b of boxes) {
    const [ax, ay] = [b.x + b.w / 2 - x, b.y + b.h / 2 - y];
    const along = ax * dx + ay * dy;
    const beside = Math.abs(ax * dy - ay * dx);
    if (b === here || along <= 1) continue;
    const cost = along + 2.5 * beside;
    if (cost < least) [best, least] = [b, cost];
  }
  if (best) stand(best.c);
}

function stand(index) {
  state.cursor = index;
  keepInView(index);
  showPanel(index);
  redraw();
}

function listenToPointers() {
  const held = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, [event.offsetX, event.offsetY]);
    moved = held.size > 1 ? 99 : 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) {
      const over = conceptAt(event.offsetX, event.offsetY);
      canvas.classList.toggle("over", over >= 0);
      canvas.title = over >= 0 && state.scene.kind === "whole" ? CONCEPTS[over].n : "";
      return;
    }
    const now = [event.offsetX, event.offsetY];
    if (held.size === 2) {
      const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
      zoom(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else {
      moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      if (moved > 4) canvas.classList.add("drag");
      camera.x -= (now[0] - before[0]) / camera.scale;
      camera.y -= (now[1] - before[1]) / camera.scale;
      redraw();
    }
    held.set(event.pointerId, now);
  });
  const release = (event) => {
    held.delete(event.pointerId);
    canvas.classList.remove("drag");
  };
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerup", (event) => {
    const tapped = held.has(event.pointerId) && moved <= 4;
    release(event);
    if (!tapped) return;
    const index = conceptAt(event.offsetX, event.offsetY);
    if (index < 0) return;
    if (state.scene.kind === "whole" && state.cursor !== index) stand(index);
    else go(index, state.depth || 1);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
  }, { passive: false });
}
