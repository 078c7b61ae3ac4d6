// Small extras. Every page does its work without this file.
"use strict";

const KEY_OFF = "single-keys-off";

// Errors and merge panels take the focus, after a load and after htmx swaps a part in.
const focusNews = (root) => root.querySelector?.("[data-focus]")?.focus();

// A box of the list bar ticks every row of its form; the count says how many are chosen.
function countChosen(form) {
  const boxes = [...form.elements].filter((box) => box.matches("[data-row-check]"));
  const n = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.closest("li, tr")?.classList.toggle("sel", box.checked);
  for (const place of form.querySelectorAll("[data-chosen] b")) place.textContent = n;
  const all = form.querySelector("[data-check-all] input");
  if (all) {
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  }
}

function prepare(root) {
  const forms = new Set();
  for (const part of root.querySelectorAll("[data-check-all], [data-chosen]")) {
    part.hidden = false;
    if (part.closest("form")) forms.add(part.closest("form"));
  }
  forms.forEach(countChosen);
}

function goSearch() {
  const box = document.querySelector("[data-search], input[type=search]");
  if (box) {
    box.focus();
    box.select();
  } else document.querySelector("[data-search-link]")?.click();
}

const typing = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener("change", ({ target }) => {
  const form = target.form || target.closest("form");
  if (target.matches("[data-single-keys]")) {
    if (target.checked) localStorage.removeItem(KEY_OFF);
    else localStorage.setItem(KEY_OFF, "1");
  } else if (target.closest("[data-check-all]") && form) {
    for (const box of form.elements) if (box.matches("[data-row-check]")) box.checked = target.checked;
    countChosen(form);
  } else if (target.matches("[data-row-check]") && form) countChosen(form);
});

document.addEventListener("keydown", (event) => {
  const ctrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (ctrlK || (slash && !typing(event.target) && !localStorage.getItem(KEY_OFF))) {
    event.preventDefault();
    goSearch();
  }
  if (event.key === "Escape") {
    const open = event.target.closest("details[data-close][open]")
      || document.querySelector("details[data-close][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", ({ target }) => {
  for (const open of document.querySelectorAll("details[data-close][open]"))
    if (!open.contains(target)) open.open = false;
});

// "Lưu" pressed twice sends once; the server's one-time key stands behind this.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});

document.addEventListener("htmx:after:swap", (event) => {
  prepare(document);
  focusNews(event.target);
});

// A part that changes by itself is fetched again, unless somebody works in it. The header tells the
// server that nobody pressed anything, so that an idle browser is still signed out.
async function refresh(part) {
  const busy = part.contains(document.activeElement) || part.querySelector("details[data-close][open]");
  if (document.hidden || busy) return;
  const answer = await fetch(location.href, { headers: { "X-Passive": part.dataset.note } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (fresh) part.replaceWith(document.adoptNode(fresh));
}

for (const { id, dataset } of document.querySelectorAll("[data-refresh]"))
  setInterval(() => refresh(document.getElementById(id)).catch(() => {}), dataset.refresh * 1000);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
  if (button.dataset.print === "now") print();
}

// A long form is kept as a draft every few seconds while somebody types, and when the page is left.
for (const form of document.querySelectorAll("[data-draft]")) {
  let timer = 0;
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  const keep = async () => {
    stop();
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    const { told } = await answer.json();
    for (const place of document.querySelectorAll("[data-draft-told]")) place.textContent = told;
  };
  form.addEventListener("input", () => (timer ||= setTimeout(() => keep().catch(() => {}), 4000)));
  form.addEventListener("submit", stop);
  addEventListener("pagehide", () => {
    if (timer) navigator.sendBeacon(form.dataset.draft, new FormData(form));
    stop();
  });
}

// A scanner types a card in one burst. Into a box it types by itself; elsewhere its blanks and Enter
// would tick and press what has the focus, so the burst is caught and goes to the card's box.
for (const form of document.querySelectorAll("[data-scan]")) {
  const box = form.elements.card;
  let burst = "", last = 0;
  document.addEventListener("keydown", (event) => {
    const { target, key, timeStamp } = event;
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName) && !/^(checkbox|radio|submit)$/.test(target.type)) return;
    // six digits at that pace are no hand; from then on a busy PC may take its time between two keys
    if (timeStamp - last > (/^\d{6}/.test(burst) ? 1500 : 150)) burst = "";
    last = timeStamp;
    if (key === "Enter" && burst.includes("|")) {
      event.preventDefault();
      box.value = burst;
      burst = "";
      form.requestSubmit(form.querySelector("[value=card]"));
    } else if (key.length === 1) {
      burst += key;
      if (burst.length > 3) event.preventDefault();
    }
  }, true);
}

// A grid of cells: arrows and Enter go from cell to cell; one letter that says it all goes on.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-cell]");
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!cell || !step || event.ctrlKey) return;
  event.preventDefault();
  const column = [...cell.closest("tr").querySelectorAll("[data-cell]")].indexOf(cell);
  const rows = [...cell.closest("tbody").rows];
  const next = rows[rows.indexOf(cell.closest("tr")) + step];
  next?.querySelectorAll("[data-cell]")[column]?.select();
});
document.addEventListener("input", ({ target }) => {
  if (!target.matches(".today [data-cell]") || !/^[CPKBcpkb.]$/.test(target.value)) return;
  target.closest("tr").nextElementSibling?.querySelector("[data-cell]")?.select();
});

for (const help of document.querySelectorAll("[data-keys]")) help.hidden = false;
for (const box of document.querySelectorAll("[data-single-keys]"))
  box.checked = !localStorage.getItem(KEY_OFF);
prepare(document);
focusNews(document);
