// The review page: marks and cards that point at each other, decisions, themes, the working copy.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const csrf = document.querySelector("meta[name=csrf-token]").content;
const cards = [...document.querySelectorAll(".card")];
const byId = new Map(cards.map((card) => [card.dataset.issue, card]));
const marks = [...document.querySelectorAll("[data-issues]")];
const said = document.getElementById("said");
const alertBox = document.getElementById("alert");
const RANK = { error: 3, warning: 2, suggestion: 1 };
let current = null;

function idsOf(mark) { return mark.dataset.issues.split(" "); }

function paint() {
  for (const mark of marks) {
    const over = idsOf(mark).map((id) => byId.get(id)).filter(Boolean);
    const open = over.filter((card) => !card.dataset.decision);
    const worst = (open.length ? open : over).map((card) => card.dataset.severity).sort((a, b) => RANK[b] - RANK[a])[0];
    mark.classList.remove("error", "warning", "suggestion");
    if (worst) mark.classList.add(worst);
    mark.classList.toggle("decided", open.length === 0);
  }
  const left = cards.filter((card) => !card.dataset.decision).length;
  const place = document.getElementById("undecided");
  place.textContent = left ? place.dataset.text.replace("#", left) : "";
}

function select(card, { scrollText = true, focus = true } = {}) {
  if (!card) return;
  current?.classList.remove("current");
  current = card;
  card.classList.add("current");
  for (const mark of marks) mark.classList.toggle("current", idsOf(mark).includes(card.dataset.issue));
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  if (scrollText) document.querySelector(".mark.current")?.scrollIntoView({ block: "center" });
}

function step(by) {
  const at = cards.indexOf(current);
  select(cards[Math.min(cards.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

async function send(method, path, body) {
  alertBox.hidden = true;
  try {
    const answer = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", ...(csrf && { "X-CSRF-Token": csrf }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(answer.status);
    said.textContent = said.dataset.stored;
    return answer.status === 204 ? {} : await answer.json();
  } catch {
    alertBox.textContent = said.dataset.failed;
    alertBox.hidden = false;
    return null;
  }
}

function showStatus(status) {
  const place = document.getElementById("status");
  place.querySelector(".light").className = `light ${status}`;
  place.querySelector(".light").lastChild.textContent = place.dataset[status];
}

async function decide(card, decision, reason) {
  const path = `/reviews/${data.review}/issues/${card.dataset.issue}/decision`;
  const answer = await send("POST", path, reason ? { decision, reason } : { decision });
  if (!answer) return;
  card.dataset.decision = decision;
  card.querySelector(".decided").textContent = answer.decision.decided_by + (reason ? `: ${reason}` : "");
  card.querySelector(".reason").hidden = true;
  showStatus(answer.status);
  paint();
  const next = cards.slice(cards.indexOf(card) + 1).find((other) => !other.dataset.decision);
  select(next ?? card);
}

async function undo(card) {
  if (!card.dataset.decision) return;
  const answer = await send("DELETE", `/reviews/${data.review}/issues/${card.dataset.issue}/decision`);
  if (!answer) return;
  card.dataset.decision = "";
  card.querySelector(".decided").textContent = "";
  showStatus(answer.status);
  paint();
}

function askReason(card) {
  const form = card.querySelector(".reason");
  form.hidden = false;
  form.elements.reason.focus();
}

for (const card of cards) {
  card.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return select(card, { focus: !event.target.closest("input, summary, details") });
    select(card, { focus: false });
    const verdict = button.dataset.verdict;
    if (verdict === "dismiss") askReason(card);
    else if (verdict) decide(card, verdict);
    else if (button.matches(".undo")) undo(card);
    else if (button.matches(".cancel")) { card.querySelector(".reason").hidden = true; card.focus(); }
    else if (button.matches(".copy")) copy(button.dataset.words);
    else if (button.matches(".apply")) apply(card.dataset.issue, button.dataset.words);
  });
  card.querySelector(".reason").addEventListener("submit", (event) => {
    event.preventDefault();
    decide(card, "dismiss", event.target.elements.reason.value.trim());
  });
}
for (const mark of marks) mark.addEventListener("click", () => select(byId.get(idsOf(mark)[0]), { scrollText: false }));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.closest(".reason")) {
    const card = event.target.closest(".card");
    card.querySelector(".reason").hidden = true;
    return card.focus();
  }
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (current && event.key === "a") decide(current, "accept");
  else if (current && event.key === "f") decide(current, "fixed");
  else if (current && event.key === "d") askReason(current);
  else if (current && event.key === "u") undo(current);
  else return;
  event.preventDefault();
});

// Themes: evidence shown on hover and focus, kept by a click; the editor's own labels.
const evidence = [...document.querySelectorAll("[data-themes]")];
function light(theme) {
  for (const piece of evidence) piece.classList.toggle("evident", !!theme && piece.dataset.themes.split(" ").includes(theme));
}
const kept = () => document.querySelector(".chip.theme[aria-pressed=true]")?.dataset.theme;
for (const chip of document.querySelectorAll(".chip.theme")) {
  for (const event of ["mouseenter", "focus"]) chip.addEventListener(event, () => light(chip.dataset.theme));
  for (const event of ["mouseleave", "blur"]) chip.addEventListener(event, () => light(kept()));
  chip.addEventListener("click", () => {
    const on = chip.getAttribute("aria-pressed") !== "true";
    document.querySelectorAll(".chip.theme").forEach((other) => other.setAttribute("aria-pressed", "false"));
    chip.setAttribute("aria-pressed", String(on));
    light(on ? chip.dataset.theme : null);
  });
}
document.getElementById("themes-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const themes = [...event.target.querySelectorAll("input:checked")].map((box) => box.value);
  if (await send("PUT", `/reviews/${data.review}/themes`, { themes })) location.reload();
});
document.getElementById("themes-withdraw")?.addEventListener("click", async () => {
  if (await send("DELETE", `/reviews/${data.review}/themes`)) location.reload();
});
document.getElementById("finish")?.addEventListener("click", async (event) => {
  const method = event.target.dataset.finished === "yes" ? "DELETE" : "PUT";
  if (await send(method, `/reviews/${data.review}/finished`)) location.assign(method === "PUT" ? "/editor" : location.href);
});

// The working copy: the draft's fields as they were sent, with the chosen replacements in them.
const applied = new Map();
async function copy(words) {
  try { await navigator.clipboard.writeText(words); said.textContent = said.dataset.copied; } catch { /* no clipboard here */ }
}
function apply(issue, words) {
  const span = data.working.spans[issue];
  if (!span || !(span[0] in data.working.fields)) return;
  for (const [other] of applied) {
    const [field, start, end] = data.working.spans[other];
    if (field === span[0] && start < span[2] && end > span[1]) applied.delete(other); // the later choice stands
  }
  applied.set(issue, words);
  document.getElementById("applied").textContent = applied.size;
  document.getElementById("working").open = true;
  write();
}
function withReplacements(name) {
  const edits = [...applied].map(([id, words]) => [...data.working.spans[id], words]).filter((edit) => edit[0] === name);
  edits.sort((a, b) => b[1] - a[1]);
  return edits.reduce((text, [, start, end, words]) => text.slice(0, start) + words + text.slice(end), data.working.fields[name]);
}
function write() {
  for (const name of Object.keys(data.working.fields)) {
    document.querySelector(`#working textarea[name=${name}]`).value = withReplacements(name);
  }
}
for (const name of Object.keys(data.working.fields)) {
  const label = document.createElement("label");
  const area = document.createElement("textarea");
  const button = document.createElement("button");
  label.textContent = data.names[name];
  area.name = name;
  area.lang = "vi";
  area.rows = name === "body" ? 14 : 2;
  label.append(area);
  button.type = "button";
  button.textContent = data.names.copy;
  button.addEventListener("click", () => copy(area.value));
  document.getElementById("working-fields").append(label, button);
}
write();
paint();
