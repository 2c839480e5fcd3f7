// Drawing by elements of SVG.

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Names that are too long lose their middle: what tells neurons apart is the number at the end.
function fit(texts, room) {
  for (const text of texts) {
    const name = text.textContent;
    if (text.getComputedTextLength() <= room) continue;
    for (let kept = name.length - 1; kept > 3 && text.getComputedTextLength() > room; kept -= 1) {
      text.textContent = `${name.slice(0, Math.floor(kept / 2))}…${name.slice(name.length - Math.ceil(kept / 2))}`;
    }
    text.append(svg("title", {}, name));
  }
}

