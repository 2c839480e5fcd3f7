// The state of the lab behind the # of the page's address, files to save, and the address to copy.

const MARK = "#lab=";
const isLabsOwnPage = () => document.body.dataset.voila !== undefined;

async function copy(link) {
  const { origin, pathname, search } = location;
  const text = isLabsOwnPage() ? `${origin}${pathname}${search}${MARK}${link}` : link;
  try { await navigator.clipboard.writeText(text); } catch { window.prompt("Copy this link:", text); }
}

function render({ model, el }) {
  const follow = () => {
    if (!isLabsOwnPage()) return;
    const link = model.get("link"), { pathname, search } = location;
    history.replaceState(null, "", link ? MARK + link : pathname + search);
  };
  const open = () => {
    if (isLabsOwnPage() && location.hash.startsWith(MARK)) model.send({ link: location.hash.slice(MARK.length) });
  };
  const hear = ({ kind, name, text, link, format }) => {
    if (kind === "save") save(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
    else if (kind === "copy") copy(link);
    else if (kind === "picture") pictureOf(el.closest(".neurolab-lab"), format).then((blob) => save(name, blob));
  };
  model.on("change:link", follow);
  model.on("msg:custom", hear);
  window.addEventListener("hashchange", open);
  slidersDrawn().then(open);
  return () => {
    model.off("change:link", follow);
    model.off("msg:custom", hear);
    window.removeEventListener("hashchange", open);
  };
}

export default { render };
