// The state of the lab behind the # of the page's address, files to save, and the address to copy.

import { follow } from "../js/model.js";
import { pictureOf } from "../js/picture.js";
import { save } from "../js/save.js";
import { slidersDrawn } from "../js/sliders.js";

const MARK = "#lab=";
const KEPT = "#kept";
const PLACE = "neurolab: kept";
const LONGEST = 60_000; // characters of a state in an address; a longer one is kept by the tab

/** @typedef {{ link: string, complete: boolean }} Traits */
/** @typedef {{ kind: string, name: string, text: string, link: string, format: string }} Message */

const isLabsOwnPage = () => document.body.dataset.voila !== undefined;

/** @param {string} link */
async function copy(link) {
  const { origin, pathname, search } = location;
  const text = isLabsOwnPage() ? `${origin}${pathname}${search}${MARK}${link}` : link;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt("Copy this link:", text);
  }
}

/**
 * @param {string} text
 * @returns {boolean} whether the tab keeps it
 */
function keep(text) {
  try {
    if (text) sessionStorage.setItem(PLACE, text);
    else sessionStorage.removeItem(PLACE);
    return true;
  } catch {
    return false;
  }
}

function kept() {
  try {
    return sessionStorage.getItem(PLACE) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} link
 * @param {boolean} isLong
 */
function addressOf(link, isLong) {
  if (isLong) return KEPT;
  return link ? MARK + link : location.pathname + location.search;
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const showAddress = () => {
    if (!isLabsOwnPage()) return;
    const link = model.get("link");
    const isLong = link.length > LONGEST;
    const isKept = keep(isLong ? link : "") && model.get("complete");
    document.body.classList.toggle("neurolab-unkept", !isKept);
    history.replaceState(null, "", addressOf(link, isLong));
    window.dispatchEvent(new Event("neurolab:kept"));
  };
  const open = () => {
    if (!isLabsOwnPage()) return;
    const { hash } = location;
    if (hash.startsWith(MARK)) model.send({ link: hash.slice(MARK.length) });
    else if (hash === KEPT) model.send({ link: kept() });
  };
  /** @param {Message} message */
  const hear = ({ kind, name, text, link, format }) => {
    const lab = el.closest(".neurolab-lab");
    if (kind === "save") save(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
    else if (kind === "copy") copy(link);
    else if (kind === "picture" && lab) pictureOf(lab, format).then((blob) => save(name, blob));
  };
  const end = follow(model, { "change:link change:complete": showAddress, "msg:custom": hear });
  window.addEventListener("hashchange", open);
  slidersDrawn().then(open);
  return () => {
    end();
    window.removeEventListener("hashchange", open);
  };
}

export default { render };
