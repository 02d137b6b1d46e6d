// Hides the rows of the register that are not asked for. Without it, the register is complete.
(function () {
  'use strict';
  var form = document.getElementById('filters');
  var shown = document.getElementById('shown');
  if (!form || !shown) return;
  var rows = Array.prototype.slice.call(document.querySelectorAll('#register tbody tr'));
  var words = document.getElementById('filter-words');
  var choices = Array.prototype.slice.call(form.querySelectorAll('select'));
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });

  function fits(row, choice) {
    if (!choice.value) return true;
    var value = row.getAttribute('data-' + choice.getAttribute('data-of'));
    return choice.id === 'filter-owner' ? value.split('; ').indexOf(choice.value) >= 0 : value === choice.value;
  }

  function apply() {
    var asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, at) {
      var keep = choices.every(function (choice) { return fits(row, choice); }) &&
        asked.every(function (word) { return texts[at].indexOf(word) >= 0; });
      row.hidden = !keep;
      if (keep) count += 1;
    });
    var all = count === rows.length;
    shown.textContent = all ? '' : count + (count === 1 ? ' action of ' : ' actions of ') + rows.length + ' shown';
  }

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('change', apply);
  form.addEventListener('reset', function () { setTimeout(apply, 0); });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  apply();
})();
