// Nothing here is needed to read the report: it filters the list of clauses, opens what a link points into, and opens all for print.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  var entries = Array.prototype.slice.call(document.querySelectorAll("article[data-verdict]"));
  function show() {
    var verdict = form.elements.verdict.value, text = form.elements.text.value.trim().toLowerCase();
    entries.forEach(function (entry) {
      var fits = (!verdict || entry.dataset.verdict === verdict) && (!text || entry.textContent.toLowerCase().indexOf(text) >= 0);
      entry.hidden = !fits;
    });
    document.querySelectorAll("#clauses details").forEach(function (area) {
      var any = area.querySelector("article:not([hidden])");
      area.hidden = !any;
      area.open = Boolean(any && (verdict || text));
    });
  }
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") { at.open = true; }
      at.hidden = false;
    }
    if (target) { target.scrollIntoView(); }
  }
  if (form) { form.hidden = false; form.addEventListener("input", show); }
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (part) { part.open = true; });
  });
  if (location.hash) { reveal(); }
})();
