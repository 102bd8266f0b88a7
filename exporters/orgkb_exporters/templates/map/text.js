// Measuring and breaking text.
const FONT = 'Arial, "Liberation Sans", Arimo, Helvetica, sans-serif';
const LEADING = 1.2;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, size, bold) {
  const key = (bold ? "b" : "n") + text;
  let known = widths.get(key);
  if (known === undefined) {
    ruler.font = `${bold ? "bold " : ""}100px ${FONT}`;
    known = ruler.measureText(text).width / 100;
    widths.set(key, known);
  }
  return known * size;
}

function cut(text, size, room) {
  const letters = [...text];
  while (letters.length && widthOf(letters.join("") + "…", size) > room) letters.pop();
  return letters.join("").trimEnd() + "…";
}

// TEXT in at most MOST lines no wider than ROOM, as even as they come.
function wrap(text, size, room, most) {
  const words = text.split(" ");
  const fillLines = (limit) => {
    const lines = [];
    for (const word of words) {
      const last = lines.length - 1;
      if (last >= 0 && widthOf(`${lines[last]} ${word}`, size) <= limit) lines[last] += ` ${word}`;
      else lines.push(word);
    }
    return lines;
  };
  let lines = fillLines(room);
  if (lines.length > most) {
    const rest = lines.slice(most - 1).join(" ");
    lines = [...lines.slice(0, most - 1), cut(rest, size, room)];
  } else if (lines.length > 1) {
    let [low, high] = [0, room];
    for (let step = 0; step < 7; step++) {
      const middle = (low + high) / 2;
      if (fillLines(middle).length <= lines.length) high = middle;
      else low = middle;
    }
    lines = fillLines(high);
  }
  return lines.map((line) => (widthOf(line, size) > room ? cut(line, size, room) : line));
}

function widest(lines, size, bold) {
  return lines.reduce((most, line) => Math.max(most, widthOf(line, size, bold)), 0);
}
