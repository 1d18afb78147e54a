"use strict";
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const canvas = by("canvas");
  const drawing = canvas.querySelector("svg");
  const diagram = by("diagram");
  const text = by("text");
  const isDrawn = (node) => Boolean(node.closest("#canvas, #phases"));

  // What of the diagram stands for what: "rule-4" and "state-smear" are classes there, and data-marks in the text.
  const tokensOf = (link) => [...link.classList].filter((one) => /^(rule|state)-/.test(one));
  const drawn = new Map();
  for (const link of all("svg a", diagram)) {
    for (const token of tokensOf(link)) {
      drawn.set(token, [...(drawn.get(token) ?? []), link]);
    }
  }
  const marksOf = (node) => {
    if (!node) return [];
    if (isDrawn(node)) return node.matches("a") ? tokensOf(node) : [];
    const marks = node.closest("[data-marks]")?.dataset.marks;
    return marks ? marks.split(" ") : [];
  };
  const targetOf = (fragment) => {
    try {
      return by(decodeURIComponent(fragment.slice(1)));
    } catch {
      return null;
    }
  };
  const mark = (name, tokens) => {
    for (const one of all(`svg .${name}`, diagram)) one.classList.remove(name);
    const found = tokens.flatMap((token) => drawn.get(token) ?? []);
    for (const one of found) one.classList.add(name);
    return found.filter((one) => one.id);
  };

  const reveal = (link) => {
    const [whole, part] = [canvas.getBoundingClientRect(), link.getBoundingClientRect()];
    const seen = part.left >= whole.left && part.right <= whole.right && part.top >= whole.top && part.bottom <= whole.bottom;
    if (!seen) {
      canvas.scrollBy((part.left + part.right - whole.left - whole.right) / 2, (part.top + part.bottom - whole.top - whole.bottom) / 2);
    }
  };
  // What is folded around a place is unfolded when the place is asked for. True if anything was.
  const unfold = (node) => {
    let some = false;
    for (let one = node.closest("details"); one; one = one.parentElement.closest("details")) {
      some ||= !one.open;
      one.open = true;
    }
    return some;
  };
  const choose = () => {
    const target = targetOf(location.hash);
    for (const one of all("svg [aria-current]", diagram)) one.removeAttribute("aria-current");
    const chosen = mark("chosen", marksOf(target));
    for (const one of chosen) one.setAttribute("aria-current", "true");
    const shown = chosen.filter((one) => canvas.contains(one));
    if (shown.length && !isDrawn(target)) reveal(shown[0]);
    if (!target) return;
    const hidden = target.closest("[hidden]");
    if (hidden) {
      by("query").value = "";
      find();
    }
    if (unfold(target) || hidden) {
      target.scrollIntoView();
      target.focus();
    }
  };
  const hint = (event) => {
    const node = event.target instanceof Element ? event.target : null;
    const link = node?.closest('a[href^="#"]');
    const target = link && !isDrawn(link) ? targetOf(link.getAttribute("href")) : null;
    const marks = link && isDrawn(link) ? tokensOf(link) : marksOf(target);
    mark("hinted", marks.length ? marks : marksOf(node?.closest(".entry")));
  };
  window.addEventListener("hashchange", choose);
  // A link to where the page is already changes no address, and yet its target may have been folded since.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link && link.getAttribute("href") === location.hash) choose();
  });
  // A page that scrolls under a resting pointer sends the event too: that must not undo what the keyboard points at.
  let rested = "";
  document.addEventListener("pointerover", (event) => {
    const place = `${event.screenX} ${event.screenY}`;
    if (place !== rested) hint(event);
    rested = place;
  });
  document.addEventListener("focusin", hint);
  diagram.addEventListener("keydown", (event) => {
    const link = event.target.closest("svg a");
    if (event.key === " " && link) {
      event.preventDefault();
      location.hash = link.getAttribute("href");
    }
  });

  const KINDS = [
    ["rule", "rule", "rules"], ["state", "state", "states"], ["invariant", "invariant", "invariants"], ["term", "term", "terms"],
    ["statement", "statement", "statements"], ["note", "note", "notes"], ["literature", "item of literature", "items of literature"],
  ];
  const entries = all(".entry", text).map((node) => ({ node, kind: node.querySelector("article").dataset.kind, words: node.textContent.toLowerCase() }));
  const parts = all(".part", text).map((node) => ({ node, open: node.open }));
  const find = () => {
    const wanted = by("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = {};
    for (const { node, kind, words } of entries) {
      node.hidden = !wanted.every((one) => words.includes(one));
      if (!node.hidden) counts[kind] = (counts[kind] ?? 0) + 1;
    }
    for (const { node, open } of parts) {
      const found = node.querySelector(".entry:not([hidden])");
      node.hidden = wanted.length > 0 && !found;
      node.open = wanted.length ? Boolean(found) : open;
    }
    for (const section of all("section section", text)) {
      section.hidden = wanted.length > 0 && !section.querySelector(".entry:not([hidden])");
    }
    const said = KINDS.filter(([kind]) => counts[kind]).map(([kind, one, more]) => `${counts[kind]} ${counts[kind] === 1 ? one : more}`);
    by("found").textContent = !wanted.length ? "" : said.length ? `Found: ${said.join(", ")}.` : "Nothing found. Each word must occur.";
  };
  by("query").addEventListener("input", () => {
    find();
    if (text.getBoundingClientRect().top < 0) text.scrollIntoView();
  });
  by("search").hidden = false;

  const scenarios = by("scenarios");
  const only = document.createElement("p");
  const words = document.createElement("span");
  const every = document.createElement("button");
  only.hidden = true;
  words.setAttribute("role", "status");
  every.type = "button";
  every.textContent = "Show all scenarios";
  only.append(words, " ", every);
  scenarios.querySelector(".about").after(only);
  const narrow = (rule) => {
    let count = 0;
    for (const item of all("li", scenarios)) {
      item.hidden = rule !== null && !item.dataset.rules.split(" ").includes(rule);
      count += item.hidden ? 0 : 1;
    }
    for (const folder of all("details", scenarios)) {
      folder.hidden = !folder.querySelector("li:not([hidden])");
      folder.open = rule !== null;
    }
    only.hidden = rule === null;
    words.textContent = rule === null ? "" : `${count} scenarios exercise rule ${rule}.`;
  };
  every.addEventListener("click", () => {
    narrow(null);
    scenarios.focus();
  });
  text.addEventListener("click", (event) => {
    const link = event.target.closest('a[href="#scenarios"]');
    if (link) narrow(link.dataset.of ?? null);
  });

  let scale = 1;
  by("zoom").hidden = false;
  by("zoom").addEventListener("click", (event) => {
    const how = event.target.closest("button")?.dataset.zoom;
    if (!how) return;
    scale = how === "fit" ? 1 : Math.min(4, Math.max(0.5, (how === "in" ? 1.25 : 0.8) * drawing.getBoundingClientRect().width / canvas.clientWidth));
    drawing.style.width = `${Math.round(scale * 100)}%`;
    drawing.style.maxHeight = how === "fit" ? "" : "none";
  });

  // Only what script can know: how high the bar is that stays on top, and whether the diagram is in sight.
  const bar = document.querySelector(".tools");
  new ResizeObserver(() => {
    const height = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    document.documentElement.style.setProperty("--bar", `${height}px`);
  }).observe(bar);
  new IntersectionObserver(([one]) => {
    document.querySelector(".float").hidden = one.isIntersecting;
  }).observe(diagram);

  // On paper nothing is folded.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])", text);
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  reveal(drawing.querySelector("a.state"));
  choose();
})();
