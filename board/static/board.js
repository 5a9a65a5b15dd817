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
  // What had the focus may be gone with the answer: the part of the page that changed takes it.
  let before = null;
  const notLost = (root) => {
    if (!before || before.isConnected || document.activeElement !== document.body) return;
    const place = root.closest('[tabindex="-1"]:not(main)') || root.querySelector('[tabindex="-1"]');
    if (place) place.focus();
  };
  document.addEventListener("htmx:beforeSwap", () => { before = document.activeElement; });
  document.addEventListener("htmx:afterSettle", (event) => {
    const news = event.target.querySelector("[data-announce]") || event.target.closest("[data-announce]");
    if (news) say("announce", news.dataset.announce);
    notLost(event.target);
    toErrors(event.target);
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
    const input = make("input", {
      id: field.id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": options.id, maxlength: "60",
    });
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
    }
    let picked = field.value.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);
    let asked = 0, wait = 0, active = -1;
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
    const foldUp = () => {
      options.replaceChildren();
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const add = (words) => {
      const fresh = words.split(/[,;\n]/).map((word) => word.trim().replace(/\s+/g, " ")).filter(Boolean)
        .filter((word) => !picked.some((other) => fold(other) === fold(word)));
      input.value = "";
      asked += 1;
      clearTimeout(wait);
      foldUp();
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
    const point = (place) => {
      const shown = [...options.children];
      active = shown.length ? (place + shown.length) % shown.length : -1;
      shown.forEach((option, number) => option.setAttribute("aria-selected", number === active ? "true" : "false"));
      if (active < 0) return;
      input.setAttribute("aria-activedescendant", shown[active].id);
      shown[active].scrollIntoView({block: "nearest"});
    };
    const suggest = async () => {
      const words = input.value.trim();
      asked += 1;
      const mine = asked;
      if (!words) { foldUp(); return; }
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, {headers: {"HX-Request": "true"}});
        if (!answer.ok || mine !== asked) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine !== asked) return;
        const names = [...page.querySelectorAll("[data-value]")].map((option) => option.dataset.value)
          .filter((name) => !picked.some((other) => fold(other) === fold(name)));
        foldUp();
        options.append(...names.map((name, number) => {
          const option = make("li", {role: "option", id: `${options.id}-${number}`, "aria-selected": "false"}, name);
          option.addEventListener("mousedown", (event) => { event.preventDefault(); add(name); });
          return option;
        }));
        input.setAttribute("aria-expanded", names.length ? "true" : "false");
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
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        add(active >= 0 ? options.children[active].textContent : input.value);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!options.children.length) return;
        event.preventDefault();
        point(event.key === "ArrowDown" ? active + 1 : (active < 0 ? 0 : active) - 1);
      } else if (event.key === "Escape" && options.children.length) {
        event.preventDefault();
        foldUp();
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

  // The form saved itself: what could not be kept is said at its field too.
  const marks = (state) => {
    document.querySelectorAll("[data-marked]").forEach((field) => {
      document.getElementById(`${field.id}-not-kept`)?.remove();
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-marked");
      const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== `${field.id}-not-kept`);
      if (others.length) field.setAttribute("aria-describedby", others.join(" "));
      else field.removeAttribute("aria-describedby");
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
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "save-state") marks(event.target); });

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
    Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
      !(node.localName === "details" && (name === "open" || name === "name"))
      && !(name === "value" && node === document.activeElement); // what is being typed is newer than any answer
  }
})();
