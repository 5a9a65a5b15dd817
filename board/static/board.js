// What HTML and HTMX cannot say alone. Everything works without it.
(() => {
  "use strict";
  const say = (id, words) => {
    const region = document.getElementById(id);
    if (region) { region.textContent = ""; requestAnimationFrame(() => { region.textContent = words; }); }
  };

  // A page that comes back with errors begins at their summary.
  const toErrors = (root) => { const found = root.querySelector("#errors"); if (found) found.focus(); };
  document.addEventListener("DOMContentLoaded", () => toErrors(document));

  // HTMX: what failed is said; what changed is announced; errors get the focus.
  const failed = () => say("alert", document.getElementById("alert").dataset.failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  // What had the focus may be gone with the answer, or shut while it was asked for: it gets it back, or else the part of
  // the page it stood in, or the part that changed.
  let asked = null, before = null, part = "";
  document.addEventListener("htmx:beforeRequest", () => { asked = document.activeElement; });
  document.addEventListener("htmx:beforeSwap", () => {
    before = document.activeElement === document.body ? asked : document.activeElement;
    part = before?.closest("section[id]")?.id || "";
  });
  const notLost = (root) => {
    if (!before || before === document.body || document.activeElement !== document.body) return;
    if (before.isConnected) before.focus();
    if (document.activeElement === before) return;
    const place = document.getElementById(part) || root.closest('[tabindex="-1"]:not(main)') || root.querySelector('[tabindex="-1"]');
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    const box = place.getBoundingClientRect();
    place.focus({preventScroll: box.top < innerHeight && box.bottom > 0});
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const news = event.target.querySelector("[data-announce]") || event.target.closest("[data-announce]");
    if (news) say("announce", news.dataset.announce);
    notLost(event.target);
    toErrors(event.target);
  });

  // Files that are too large are told before they are sent: the server would only say the same, minutes later.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.("input[type=file][data-most]")) return;
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(size > Number(input.dataset.most) ? input.dataset.tooLarge : "");
    if (size) input.reportValidity();
  });

  // Words kept ready go into their field at once; without script they go along when the form is sent.
  document.addEventListener("change", (event) => {
    const ready = event.target.closest?.("select[data-insert]");
    const words = ready?.selectedOptions[0]?.dataset.words;
    if (!words) return;
    const field = document.querySelector(ready.dataset.insert);
    field.value = [field.value.trim(), words].filter(Boolean).join("\n");
    ready.value = "";
    field.focus();
  });

  // Buttons that need script show themselves: copy the text of what `data-copy` names, print this page.
  const reveal = (root) => root.querySelectorAll("[data-copy], [data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("DOMContentLoaded", () => reveal(document));
  document.addEventListener("htmx:afterSettle", (event) => reveal(event.target));
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) { window.print(); return; }
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const from = document.querySelector(button.dataset.copy);
    const label = button.querySelector("span") || button;
    try {
      await navigator.clipboard.writeText(from.value || from.textContent.trim());
      label.textContent = button.dataset.copied;
      say("announce", button.dataset.copied);
    } catch { // no permission: select it, so that the keyboard's copy works
      if (from.select) from.select(); else window.getSelection().selectAllChildren(from);
    }
  });
})();

// A text field with a list of suggestions under it (ARIA's editable combobox with list autocomplete). None is chosen
// before somebody points at it, by key or pointer; then Enter or a click hand it to `choose`. `more` is asked to fill a
// list that is shut.
const combobox = (input, list, choose, more) => {
  "use strict";
  let active = null;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const states = {role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id};
  for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
  const point = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option || null;
    if (!active) { input.removeAttribute("aria-activedescendant"); return; }
    active.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({block: "nearest"});
  };
  const show = (...parts) => {
    point(null);
    list.replaceChildren(...parts);
    list.scrollTop = 0;
    const shown = options();
    shown.forEach((option) => option.setAttribute("aria-selected", "false"));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", shown.length ? "true" : "false");
    return shown.length;
  };
  const step = (by) => { // past either end is the text again
    const shown = options(), place = shown.indexOf(active);
    point(shown[place < 0 ? (by > 0 ? 0 : shown.length - 1) : place + by]);
  };
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("input", () => point(null));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen && event.altKey) { if (event.key === "ArrowUp") show(); } else if (isOpen) step(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowDown") more?.();
      event.preventDefault();
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      show();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) point(null);
  });
  list.hidden = true;
  return {show};
};

// Writing: chips with suggestions, a title that fills itself, parts that matter only for some choices, what was not kept.
(() => {
  "use strict";
  const say = (words) => {
    const region = document.getElementById("announce");
    if (region) { region.textContent = ""; requestAnimationFrame(() => { region.textContent = words; }); }
  };
  const make = (name, attributes = {}, words = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = words;
    return made;
  };
  const fold = (words) => words.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

  // Words with commas between them become chips; the first field stays, hidden, and is what the form sends.
  const chips = (field) => {
    const {chips: address, drop, added, dropped} = field.dataset;
    const box = make("div", {class: "chip-input"});
    const list = make("ul", {class: "chips"});
    const options = make("ul", {role: "listbox", id: `${field.id}-options`, "aria-label": field.labels[0]?.textContent.trim() || ""});
    const input = make("input", {id: field.id, type: "text", maxlength: "60"});
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
    }
    let picked = field.value.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);
    let asked = 0, wait = 0;
    const suggestions = combobox(input, options, (option) => add(option.textContent));
    field.removeAttribute("id");
    field.type = "hidden";
    field.after(box);
    box.append(list, input, options);

    const keep = () => {
      field.value = picked.join(", ");
      field.dispatchEvent(new Event("change", {bubbles: true}));
    };
    const draw = () => {
      list.replaceChildren(...picked.map((word, place) => {
        const chip = make("li", {class: "chip"}, word);
        const button = make("button", {type: "button", class: "chip-drop", "aria-label": drop.replace("{}", word)}, "×");
        button.addEventListener("click", () => { remove(place); input.focus(); });
        chip.append(button);
        return chip;
      }));
    };
    const add = (words) => {
      const fresh = words.split(/[,;\n]/).map((word) => word.trim().replace(/\s+/g, " ")).filter(Boolean)
        .filter((word) => !picked.some((other) => fold(other) === fold(word)));
      input.value = "";
      asked += 1;
      clearTimeout(wait);
      suggestions.show();
      if (!fresh.length) return;
      picked = [...picked, ...fresh];
      draw();
      keep();
      say(added.replace("{}", fresh.join(", ")));
    };
    const remove = (place) => {
      const [gone] = picked.splice(place, 1);
      draw();
      keep();
      say(dropped.replace("{}", gone));
    };
    const suggest = async () => {
      const words = input.value.trim();
      asked += 1;
      const mine = asked;
      if (!words) { suggestions.show(); return; }
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, {headers: {"HX-Request": "true"}});
        if (!answer.ok || mine !== asked) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine !== asked) return;
        const names = [...page.querySelectorAll("[data-value]")].map((option) => option.dataset.value)
          .filter((name) => !picked.some((other) => fold(other) === fold(name)));
        suggestions.show(...names.map((name, number) => make("li", {role: "option", id: `${options.id}-${number}`}, name)));
      } catch { /* no suggestions; what is typed counts */ }
    };
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // half a word is not saved
      clearTimeout(wait);
      if (/[,;]/.test(input.value)) add(input.value);
      else wait = setTimeout(suggest, 150);
    });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.defaultPrevented) return;
      if (event.key === "Enter") {
        event.preventDefault();
        add(input.value);
      } else if (event.key === "Backspace" && !input.value && picked.length) {
        remove(picked.length - 1);
      }
    });
    input.addEventListener("blur", () => add(input.value));
    // what is half typed goes along when the form is sent
    field.form?.addEventListener("submit", () => add(input.value));
    draw();
  };

  // A choice that fills another field, until somebody writes there.
  const fills = (select) => {
    const target = document.getElementById(select.dataset.fills);
    const known = new Set([...select.options].map((option) => option.dataset.fill).filter(Boolean));
    select.addEventListener("change", () => {
      const words = select.selectedOptions[0]?.dataset.fill || "";
      if (target && words && (!target.value.trim() || known.has(target.value.trim()))) target.value = words;
    });
  };

  // Shown only for some answers of a group of radio buttons.
  const shownFor = (part) => {
    const answers = part.dataset.shownFor.split(" ");
    const group = [...document.getElementsByName(part.dataset.shownBy)];
    const look = () => { part.hidden = !group.some((one) => one.checked && answers.includes(one.value)); };
    group.forEach((one) => one.addEventListener("change", look));
    look();
  };

  // Folded, and opened once some answer is given in a group of radio buttons; what somebody shut stays shut.
  const openedFor = (part) => {
    const answers = part.dataset.openedFor.split(" ");
    for (const one of document.getElementsByName(part.dataset.openedBy)) {
      one.addEventListener("change", () => { if (one.checked && answers.includes(one.value)) part.open = true; });
    }
  };

  // A link to something that lies folded opens it: not every browser does so by itself.
  document.addEventListener("click", (event) => {
    const to = event.target.closest?.('a[href^="#"]')?.getAttribute("href").slice(1);
    for (let part = to && document.getElementById(to)?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  });

  // On paper nothing lies folded; the style sheet says so to browsers that know how.
  if (!CSS.supports("selector(::details-content)")) {
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll(".fold:not([open])")];
      folded.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
  }

  // How many are ticked in a group that can be folded, and which.
  document.addEventListener("change", (event) => {
    const group = event.target.closest?.(".task-group"), count = group?.querySelector("[data-ticked]");
    if (!count) return;
    const ticked = [...group.querySelectorAll("input:checked")];
    count.firstElementChild.textContent = ticked.length;
    count.hidden = !ticked.length;
    group.querySelector("[data-picked]").textContent = ticked.map((one) => one.nextElementSibling.firstChild.textContent.trim()).join(" · ");
  });

  // A field is no longer described by something that has gone.
  const undescribe = (field, gone) => {
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== gone);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  };

  // The form saved itself: what could not be kept is said at its field too.
  const marks = (state) => {
    document.querySelectorAll("[data-marked]").forEach((field) => {
      document.getElementById(`${field.id}-not-kept`)?.remove();
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-marked");
      undescribe(field, `${field.id}-not-kept`);
    });
    state.querySelectorAll("[data-not-kept]").forEach((link) => {
      const field = document.getElementById(link.dataset.notKept);
      if (!field || document.getElementById(`${field.id}-error`)) return;
      const words = make("p", {class: "field-error", id: `${field.id}-not-kept`}, link.dataset.words);
      (field.closest(".field") || field.parentElement).append(words);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${words.id}`.trim());
      field.dataset.marked = "";
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-chips]").forEach(chips);
    document.querySelectorAll("[data-fills]").forEach(fills);
    document.querySelectorAll("[data-shown-for]").forEach(shownFor);
    document.querySelectorAll("[data-opened-for]").forEach(openedFor);
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "save-state") marks(event.target); });

  // What the checks said at a field when they refused it they say beside its part from the first answer on.
  const onlyBeside = (form) => {
    for (const id of form.dataset.told.split(" ")) {
      document.getElementById(`${id}-error`)?.remove();
      const field = document.getElementById(id);
      for (const one of [field, ...(field?.querySelectorAll("[aria-invalid]") || [])]) one?.removeAttribute("aria-invalid");
      if (field) undescribe(field, `${id}-error`);
    }
    delete form.dataset.told;
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const form = event.target.id === "live-short" && event.target.closest("form[data-told]");
    if (form) onlyBeside(form);
  });

  // The form is on its way: the page saves itself no more, and a save under way ends first. One draft is made, not two.
  document.addEventListener("submit", (event) => {
    const form = event.target, state = form.querySelector("#save-state");
    if (!state) return;
    form.dataset.leaving = "";
    if (!state.classList.contains("htmx-request")) return;
    event.preventDefault();
    state.addEventListener("htmx:afterRequest", () => form.requestSubmit(event.submitter), {once: true});
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "save-state" && event.target.closest("[data-leaving]")) event.preventDefault();
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-leaving]").forEach((form) => delete form.dataset.leaving));
})();

// The search box: suggestions while typing. One's own last searches are kept in this tab alone, until signing out.
(() => {
  "use strict";
  const KEPT = "recent searches", MOST = 5, MOST_WHILE_TYPING = 2, LONGEST = 100, PAUSE = 150; // milliseconds
  const signedOut = "BroadcastChannel" in window ? new BroadcastChannel("signed out") : null;
  const forget = () => { try { sessionStorage.removeItem(KEPT); } catch { /* nothing is kept here */ } };
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, location).pathname !== "/sign-out") return;
    forget();
    signedOut?.postMessage("");
  });
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const searchBox = (form) => {
    const input = form.elements.q, list = document.getElementById("suggestions"), said = document.getElementById("suggested");
    const {whose, suggest: address} = form.dataset;
    let asked = 0, wait = 0, chosen = "", leaving = false;

    const recent = () => {
      try {
        const kept = JSON.parse(sessionStorage.getItem(KEPT));
        if (kept?.whose === whose) return kept.words;
      } catch { /* not ours */ }
      forget();
      return [];
    };
    const remember = (typed) => {
      const words = typed.trim().replace(/\s+/g, " ").slice(0, LONGEST);
      if (!words) return;
      const others = recent().filter((other) => fold(other) !== fold(words));
      try { sessionStorage.setItem(KEPT, JSON.stringify({whose, words: [words, ...others].slice(0, MOST)})); } catch { /* full, or not allowed */ }
    };
    const recentGroup = (typed) => {
      const begun = fold(typed);
      const words = typed ? recent().filter((one) => fold(one) !== begun && ` ${fold(one)}`.includes(` ${begun}`)).slice(0, MOST_WHILE_TYPING) : recent();
      if (!words.length) return [];
      const group = document.getElementById("recent-searches").content.firstElementChild.cloneNode(true);
      const pattern = group.querySelector("[data-recent]");
      words.forEach((one, number) => {
        const option = pattern.cloneNode(true);
        option.id = `recent-${number}`;
        option.dataset.q = option.dataset.label = one;
        option.querySelector(".suggested").textContent = one;
        pattern.before(option);
      });
      pattern.remove();
      if (typed) group.querySelector("[data-clear]").remove();
      return [group];
    };

    const tell = (words) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = words; }); };
    const shut = () => { asked += 1; clearTimeout(wait); box.show(); };
    const draw = (...groups) => {
      const count = box.show(...groups);
      if (count) tell(said.dataset.count.replace("{}", count));
      else said.textContent = "";
    };
    const ask = async () => {
      clearTimeout(wait);
      asked += 1;
      const mine = asked, typed = input.value.trim();
      if (!typed) { draw(...recentGroup("")); return; }
      let groups = [];
      try {
        const answer = await fetch(`${address}?${new URLSearchParams(new FormData(form))}`, {headers: {"HX-Request": "true"}});
        const words = answer.ok ? await answer.text() : "";
        groups = new DOMParser().parseFromString(words, "text/html").querySelectorAll("[role=group]");
      } catch { /* no suggestions; what is typed counts */ }
      if (mine === asked) draw(...recentGroup(typed), ...groups);
    };
    const choose = (option) => {
      const {href, q, name, value, label} = option.dataset;
      if ("clear" in option.dataset) {
        forget();
        shut();
        tell(said.dataset.cleared);
      } else if (href) {
        remember(label);
        shut();
        leaving = true;
        htmx.trigger(form, "htmx:abort");
        location.assign(href);
      } else {
        input.value = q;
        chosen = name && q ? `${q} ${label}` : label;
        if (name) { // the answer brings one of its own
          const filter = Object.assign(document.createElement("input"), {type: "hidden", name, value});
          filter.setAttribute("form", form.id);
          document.getElementById("found").append(filter);
        }
        form.requestSubmit();
      }
    };
    const box = combobox(input, list, choose, ask);

    input.addEventListener("input", () => {
      asked += 1; // an answer on its way is for other words
      clearTimeout(wait);
      if (list.querySelector("[data-clear]")) box.show();
      if (input.value.trim()) wait = setTimeout(ask, PAUSE);
      else ask();
    });
    input.addEventListener("focus", () => { if (!input.value.trim()) ask(); });
    input.addEventListener("blur", shut);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (event.defaultPrevented) { shut(); return; } // the list was shut: no answer on its way opens it again
      if (!input.value) return;
      event.preventDefault();
      event.stopPropagation();
      input.value = "";
      form.requestSubmit();
    });
    form.addEventListener("submit", () => { remember(chosen || input.value); chosen = ""; shut(); });
    // a result opened: the words it was found by were the right ones
    document.addEventListener("click", (event) => {
      if (event.target.closest("#results [data-posting] a[href]")) remember(new URLSearchParams(location.search).get("q") || "");
    });
    form.addEventListener("htmx:beforeRequest", (event) => { if (leaving) event.preventDefault(); });
    window.addEventListener("pageshow", () => { leaving = false; });
    signedOut?.addEventListener("message", () => { forget(); shut(); });
    recent();
  };
  document.addEventListener("DOMContentLoaded", () => { const form = document.querySelector("form[data-suggest]"); if (form) searchBox(form); });
})();

(() => {
  "use strict";
  // Filters: on a desk every group stands open; on a phone one at a time, as a sheet that stays while one picks.
  const desk = matchMedia("(min-width: 56rem)");
  const unfold = () => {
    for (const group of document.querySelectorAll("details.facet-group")) {
      if (desk.matches) group.removeAttribute("name"); else group.setAttribute("name", "facets");
      if (desk.matches) group.open = true;
    }
  };
  document.addEventListener("DOMContentLoaded", unfold);
  document.addEventListener("htmx:afterSwap", unfold);
  desk.addEventListener("change", () => {
    for (const group of document.querySelectorAll("details.facet-group")) group.open = false;
    unfold();
  });
  document.addEventListener("keydown", (event) => {
    const sheet = event.key === "Escape" && !desk.matches && document.querySelector("details.facet-group[open]");
    if (sheet) { sheet.open = false; sheet.querySelector("summary").focus(); }
  });
  if (window.Idiomorph) {
    // what people opened stays open; what held the form that was sent does as the answer says
    let sentFrom = null;
    document.addEventListener("htmx:beforeSwap", (event) => {
      sentFrom = event.detail.requestConfig?.elt?.closest?.("details.confirm, details.reason") || null;
    });
    Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
      !(node.localName === "details" && (name === "name" || name === "open" && node !== sentFrom))
      && !(name === "value" && node === document.activeElement); // what is being typed is newer than any answer
  }
})();
