// The state of the lab behind the # of the page's address, files to save, and the address to copy.

const MARK = "#lab=", KEPT = "#kept", PLACE = "neurolab: kept";
const LONGEST = 60000; // characters of a state in an address; a longer one is kept by the tab
const isLabsOwnPage = () => document.body.dataset.voila !== undefined;

async function copy(link) {
  const { origin, pathname, search } = location;
  const text = isLabsOwnPage() ? `${origin}${pathname}${search}${MARK}${link}` : link;
  try { await navigator.clipboard.writeText(text); } catch { window.prompt("Copy this link:", text); }
}

function render({ model, el }) {
  const keep = (text) => {
    try { if (text) sessionStorage.setItem(PLACE, text); else sessionStorage.removeItem(PLACE); return true; } catch { return false; }
  };
  const kept = () => { try { return sessionStorage.getItem(PLACE) ?? ""; } catch { return ""; } };
  const follow = () => {
    if (!isLabsOwnPage()) return;
    const link = model.get("link"), { pathname, search } = location, isLong = link.length > LONGEST;
    const all = keep(isLong ? link : "") && model.get("complete");
    document.body.classList.toggle("neurolab-unkept", !all);
    history.replaceState(null, "", isLong ? KEPT : link ? MARK + link : pathname + search);
    window.dispatchEvent(new Event("neurolab:kept"));
  };
  const open = () => {
    if (!isLabsOwnPage()) return;
    if (location.hash.startsWith(MARK)) model.send({ link: location.hash.slice(MARK.length) });
    else if (location.hash === KEPT) model.send({ link: kept() });
  };
  const hear = ({ kind, name, text, link, format }) => {
    if (kind === "save") save(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
    else if (kind === "copy") copy(link);
    else if (kind === "picture") pictureOf(el.closest(".neurolab-lab"), format).then((blob) => save(name, blob));
  };
  model.on("change:link change:complete", follow);
  model.on("msg:custom", hear);
  window.addEventListener("hashchange", open);
  slidersDrawn().then(open);
  return () => {
    model.off("change:link change:complete", follow);
    model.off("msg:custom", hear);
    window.removeEventListener("hashchange", open);
  };
}

export default { render };
