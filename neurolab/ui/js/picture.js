// The pictures of a lab as one file: every drawing where it stands on the page, with the styles it has there.

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "opacity", "visibility", "display", "font-family", "font-size", "font-weight", "text-anchor",
  "dominant-baseline", "shape-rendering", "paint-order"];
const MARGIN = 12, SHARPNESS = 2;
// What only says where the pointer or the cursor is belongs to the page.
const LEFT_OUT = ".nl-step, .nl-cursor-track, .nl-readout, .nl-cursor";

function withStyles(drawing) {
  const copy = drawing.cloneNode(true), from = drawing.querySelectorAll("*"), to = copy.querySelectorAll("*");
  const inline = (source, target) => {
    const style = getComputedStyle(source);
    target.setAttribute("style", DRAWN.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  };
  inline(drawing, copy);
  from.forEach((source, place) => inline(source, to[place]));
  copy.querySelectorAll("foreignObject").forEach((element) => element.remove());
  return copy;
}

function element(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function placed(drawing, left, top) {
  const box = drawing.getBoundingClientRect();
  const place = { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
  if (drawing instanceof HTMLCanvasElement) return element("image", { ...place, href: drawing.toDataURL() });
  const copy = withStyles(drawing);
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, value);
  return copy;
}

// A panel that is not shown keeps its legend of before.
const shown = (each) => each.getBoundingClientRect().width > 0 && getComputedStyle(each).visibility !== "hidden";

function legendText(key, left, top) {
  const sample = key.querySelector("svg")?.getBoundingClientRect(), box = sample ?? key.getBoundingClientRect();
  const style = getComputedStyle(key);
  return element("text", { x: (sample ? box.right + 6 : box.left) - left, y: box.top + box.height / 2 - top,
    "dominant-baseline": "central", fill: style.color, "font-family": style.fontFamily, "font-size": style.fontSize },
  key.textContent.trim());
}

function svgOf(lab) {
  const root = lab.querySelector(".nl-pictures");
  const drawings = [...root.querySelectorAll("svg, canvas")].filter((each) =>
    !each.parentElement.closest("svg") && !each.closest(LEFT_OUT) && shown(each));
  const keys = [...root.querySelectorAll(".nl-key, .nl-field-legend > span")].filter(shown);
  const boxes = [...drawings, ...keys].map((each) => each.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN, top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.right)) - left + MARGIN;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + MARGIN;
  const svg = element("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(element("rect", { width, height, fill: getComputedStyle(lab).backgroundColor }),
    ...drawings.map((each) => placed(each, left, top)), ...keys.map((key) => legendText(key, left, top)));
  return svg;
}

async function pngOf(svg) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SHARPNESS * svg.getAttribute("width");
  canvas.height = SHARPNESS * svg.getAttribute("height");
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

async function pictureOf(lab, kind) {
  const svg = svgOf(lab);
  if (kind === "png") return pngOf(svg);
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml;charset=utf-8" });
}

