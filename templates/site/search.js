// The search: finds the pages on which every word stands, or begins one that does. Asks no server but for its index.
(function () {
  'use strict';
  var MOST = 50;
  var form = document.getElementById('search');
  var field = document.getElementById('q');
  var found = document.getElementById('found');
  var results = document.getElementById('results');
  var everything = document.getElementById('everything');
  var index = null;
  var waiting = null;

  // Letters that no accent can be taken from, as people write them who lack the key.
  var PLAIN = {
    '\u00df': 'ss', '\u00e6': 'ae', '\u00f0': 'd', '\u00f8': 'o', '\u00fe': 'th', '\u0111': 'd', '\u0127': 'h',
    '\u0131': 'i', '\u0142': 'l', '\u014b': 'n', '\u0153': 'oe', '\u0167': 't', '\u2019': "'"
  };

  // Small letters without accents, so that "sion" finds "Siôn" and "lukasz" finds "Łukasz".
  function folded(text) {
    var small = text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    return small.replace(/[\u00df-\u2019]/g, function (letter) { return PLAIN[letter] || letter; });
  }

  function prepared(raw) {
    var words = Object.keys(raw.words).map(function (word) {
      var page = 0;
      return { word: folded(word), pages: raw.words[word].map(function (far) { return (page += far); }) };
    });
    return { pages: raw.pages, words: words, titles: raw.pages.map(function (page) { return folded(page.t); }) };
  }

  function load(then) {
    if (index) return then();
    if (waiting) return waiting.push(then);
    waiting = [then];
    var ready = function (raw) {
      index = prepared(raw);
      waiting.forEach(function (one) { one(); });
      waiting = null;
    };
    var failed = function () {
      waiting = null;
      say('The search could not be loaded. Every document is listed below.');
    };
    if (location.protocol !== 'file:') {
      fetch('search.json').then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(ready).catch(failed);
      return;
    }
    // From a folder a browser fetches nothing, but runs a script.
    var script = document.createElement('script');
    script.src = 'search-index.js';
    script.onload = function () { ready(window.searchIndex); };
    script.onerror = failed;
    document.head.appendChild(script);
  }

  // How well each page fits one word: the whole word counts more than the beginning of a longer one.
  function scores(word) {
    var fits = new Map();
    index.words.forEach(function (entry) {
      var score = entry.word === word ? 3 : word.length > 1 && entry.word.indexOf(word) === 0 ? 1 : 0;
      if (!score) return;
      entry.pages.forEach(function (page) { fits.set(page, Math.max(fits.get(page) || 0, score)); });
    });
    fits.forEach(function (score, page) {
      if (index.titles[page].indexOf(word) >= 0) fits.set(page, score + 4);
    });
    return fits;
  }

  function pages(asked) {
    var total = null;
    asked.forEach(function (word) {
      var fits = scores(word);
      if (total === null) { total = fits; return; }
      total.forEach(function (score, page) {
        if (fits.has(page)) total.set(page, score + fits.get(page));
        else total.delete(page);
      });
    });
    return Array.from(total || []).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
  }

  function say(words) { found.textContent = words; }

  function show(query) {
    var asked = folded(query).split(/[^\p{L}\p{N}\/.'-]+/u).map(function (word) {
      return word.replace(/^[\/.'-]+|[\/.'-]+$/g, '');
    }).filter(Boolean);
    results.textContent = '';
    everything.hidden = asked.length > 0;
    if (!asked.length) { say(''); return; }
    var hits = pages(asked);
    if (!hits.length) everything.hidden = false;
    var count = hits.length === 0 ? 'Nothing was found' : hits.length === 1 ? '1 result' : hits.length + ' results';
    say(count + ' for \u201c' + query.trim() + '\u201d' + (hits.length > MOST ? '; the best ' + MOST + ' are shown' : ''));
    hits.slice(0, MOST).forEach(function (hit) {
      var page = index.pages[hit[0]];
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = page.u;
      link.textContent = page.t;
      var about = document.createElement('span');
      about.className = 'about';
      about.textContent = page.a;
      item.append(link, ' ', about);
      results.appendChild(item);
    });
  }

  function ask(query) { load(function () { show(query); }); }

  form.hidden = false;
  var timer = 0;
  field.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(function () { ask(field.value); }, 250);
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(timer);
    history.replaceState(null, '', '?q=' + encodeURIComponent(field.value));
    ask(field.value);
  });
  var first = new URLSearchParams(location.search).get('q');
  if (first) { field.value = first; ask(first); }
})();
