/* The form on a phone. Old Android browsers run it too: no modules, arrows, templates or optional chaining.
   Everything typed is kept at once as a draft; what leaves the page is the marked text, by the copy button. */
(function () {
  'use strict';

  var known = JSON.parse(document.getElementById('known').textContent);
  var said = known.said;
  var SHOWN = 30;  // choices that are listed at a time
  var head = document.getElementById('head');
  var lines = document.getElementById('lines');
  var body = document.getElementById('body');
  var text = document.getElementById('text');
  var names = {};  // what a code stands for, as it is shown
  ['people', 'items'].forEach(function (list) {
    known.choices[list].forEach(function (choice) {
      names[choice[0]] = choice[1];
      choice.push(choice.slice(1).join(' ').toLowerCase());  // what a part of is sought in
    });
  });

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  function within(element, name) {  // the nearest element around with a class or attribute
    while (element && element.nodeType === 1 && !element.hasAttribute(name) && !element.classList.contains(name)) {
      element = element.parentNode;
    }
    return element && element.nodeType === 1 ? element : null;
  }

  function put(parent, tag, words, marks) {
    var made = document.createElement(tag);
    if (words !== undefined) { made.textContent = words; }
    Object.keys(marks || {}).forEach(function (name) { made.setAttribute(name, marks[name]); });
    if (tag === 'button') { made.type = 'button'; }
    parent.appendChild(made);
    return made;
  }

  function empty(element) { while (element.firstChild) { element.removeChild(element.firstChild); } }

  var trouble = '';  // what is wrong with keeping drafts

  function tell(words) { document.getElementById('told').textContent = words || trouble; }

  function filled(sentence, value) { return sentence.split(/\{\w+\}/).join(String(value)); }

  function today() {
    var now = new Date();
    function two(n) { return (n < 10 ? '0' : '') + n; }
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
  }

  /* ---- fields: every field is a list of texts, whatever it looks like */

  function control(field) { return field.querySelector('input, select, textarea'); }

  function read(field) {
    var chips = all(field, '.chips button').map(function (chip) { return chip.value; });
    var typed = control(field).value.trim();
    if (control(field).type === 'date' && !/^(19|2\d)\d\d-/.test(typed)) { typed = ''; }  // a year half typed: 0026
    return typed ? chips.concat(typed) : chips;
  }

  function fill(field, values) {
    var input = control(field);
    if (field.hasAttribute('data-chips')) {
      values.forEach(function (value) { chip(field, value); });
    } else if (values.length) {
      input.value = values[0];
      if (input.value !== values[0] && input.tagName === 'SELECT') {  // of an older form
        put(input, 'option', values[0], {value: values[0]});
        input.value = values[0];
      }
    }
  }

  function chip(field, value) {
    put(put(field.querySelector('.chips'), 'li'), 'button', names[value] || value, {'data-do': 'unchip', value: value});
    one(field);
  }

  function one(field) {  // a field for one choice shows no input beside it
    field.querySelector('label').lastElementChild.hidden =
      field.getAttribute('data-chips') === 'one' && field.querySelector('.chips button') !== null;
  }

  function fieldOf(root, name) { return root.querySelector('.field[data-name="' + name + '"]'); }

  function firstOf(root, name) { return read(fieldOf(root, name))[0] || ''; }

  /* ---- choices */

  function lies(area, around) { return around !== '' && (area + '/').indexOf(around + '/') === 0; }

  function choicesOf(field) {
    var list = field.getAttribute('data-list');
    var line = within(field, 'line');
    var area = firstOf(head, 'area');
    var told = line && list === 'people' ? read(fieldOf(head, 'who')) : [];
    if (list === 'values') { return (known.values[firstOf(line, 'name')] || []).map(plain); }
    if (!known.choices[list]) { return known.lists[list].map(plain); }
    function rank(choice) { return told.indexOf(choice[0]) >= 0 ? 0 : lies(choice[3], area) ? 1 : 2; }
    var ranked = [[], [], []];
    known.choices[list].forEach(function (choice) { ranked[rank(choice)].push(choice); });
    return ranked[0].concat(ranked[1], ranked[2]);
  }

  function plain(word) { return [word, word, '', '', word.toLowerCase()]; }

  function offer(field) {
    var box = field.querySelector('.choices');
    var typed = control(field).value.trim();
    var sought = typed.toLowerCase();
    var has = read(field);
    var found = choicesOf(field).filter(function (choice) {
      return choice[4].indexOf(sought) >= 0 && (choice[0] === typed || has.indexOf(choice[0]) < 0);
    });
    empty(box);
    found.slice(0, SHOWN).forEach(function (choice) {
      var button = put(box, 'button', choice[1], {'data-do': 'choose', value: choice[0]});
      if (choice[2]) { put(button, 'small', choice[2]); }
    });
    if (found.length > SHOWN) { put(box, 'p', filled(said.more, found.length - SHOWN)); }
    if (typed && field.hasAttribute('data-chips')) {
      put(box, 'button', filled(said.as_typed, typed), {'data-do': 'choose', value: typed});
    }
    box.hidden = !box.firstChild || (found.length === 1 && found[0][0] === typed);
  }

  function hideChoices(but) {
    all(document, '.choices').forEach(function (box) { if (within(box, 'field') !== but) { box.hidden = true; } });
  }

  function raise(field) {  // choices that lie below the screen; not on focus, or the click would land elsewhere
    var box = field.querySelector('.choices');
    if (box && !box.hidden && box.getBoundingClientRect().bottom > window.innerHeight) { field.scrollIntoView(); }
  }

  function choose(field, value) {
    control(field).value = '';
    fill(field, [value]);
    field.querySelector('.choices').hidden = true;
  }

  /* ---- lines */

  function addLine(mark) {
    var made = document.importNode(document.getElementById('mark-' + mark).content, true).querySelector('.line');
    lines.appendChild(made);
    return made;
  }

  function begin(mark) {  // a line that the person asked for: about the one whom the entry is about
    var made = addLine(mark);
    var who = fieldOf(made, 'who');
    var about = read(fieldOf(head, 'who'));
    if (who && who.getAttribute('data-chips') === 'one' && about.length === 1) { fill(who, about); }
    made.scrollIntoView();
    var first = all(made, '.field').filter(function (field) { return field.hasAttribute('data-needed') && !read(field).length; })[0];
    if (first) { control(first).focus(); }
    hideChoices(null);  // they would lie over the buttons for more lines
  }

  /* ---- the marked text */

  function quoted(value, more) {  // as JSON; brackets spelled out, for nothing in quotes may look like a mark
    return JSON.stringify(value).replace(more || /[【】［］〖〗]/g, function (sign) {
      return '\\u' + ('000' + sign.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  function written(value) {  // a value behind `key=`: in quotes where a sign in it would mean something
    return /[\s"=＝@＠#＃!！【】［］〖〗]/.test(value) ? quoted(value) : value;
  }

  var NUMBER = /^[\d０-９．.,，一二两三四五六七八九十百千万亿〇零半]+$/;  // what was given, without what it counts

  function person(value) { return /[\s"=＝@＠#＃!！【】［］〖〗。；]/.test(value) ? quoted(value, /[【】［］〖〗=＝]/g) : value; }

  function bare(value) {  // whether a text can stand in a mark by itself and mean nothing but itself
    return !/[\s"=＝@＠#＃!！*×\\【】［］〖〗0-9０-９]|^[:：]|[前内底][。；;]?$/.test(value);
  }

  var PARTS = {
    text: function (value, key) { return bare(value) ? value : key + '=' + quoted(value); },
    what: function (value, key) {  // 一套, 两百元 would be taken for what each got
      return bare(value) && !/[\uff01-\uff5e一二两三四五六七八九十百千万半几xX]/.test(value) ? value : key + '=' + quoted(value);
    },
    who: function (value) { return '@' + person(value.replace(/\s*[,，;；]\s*/g, '、')); },  // a comma would end the name
    about: function (value) { return '#' + value; },
    each: function (value, key) { return /^\d+(\.\d+)?[万亿]?[\u4e00-\u9fff]*$/.test(value) ? value : key + '=' + written(value); },
    times: function (value, key) { return /^\d+$/.test(value) ? 'x ' + value : key + '=' + written(value); },
    name: function (value) { return written(value) + '='; },
    value: written,
    ref: written,
    list: function (value, key) { return key + '=' + written(value.split(/\s*\n\s*/).join(known.words.between)); },
    pair: function (value, key) { return key + '=' + written(value); }
  };

  function marked(line) {  // the text of a line, what it still lacks, and a number without its unit
    var mark = '【' + line.getAttribute('data-said') + '】';
    var parts = [], lacking = [], unsaid = '', told = false, each = null;
    all(line, '.field').forEach(function (field) {
      var values = read(field), part = field.getAttribute('data-part'), key = field.getAttribute('data-key');
      if (!values.length) {
        if (field.hasAttribute('data-needed')) { lacking.push(field.getAttribute('data-needed')); }
        return;
      }
      told = true;
      if (part === 'who' && field.getAttribute('data-chips') === 'many') {
        each = values;
      } else {
        if (part === 'each' && NUMBER.test(values[0])) { unsaid = values[0]; }
        var value = PARTS[part](values.join(known.words.between), key);
        if (part === 'value') { parts[parts.length - 1] += value; } else { parts.push(value); }
      }
    });
    var texts = each ? each.map(function (who) { return mark + PARTS.who(who); }) : [mark + parts.join(' ')];
    return {text: texts.join('\n'), lacking: lacking, unsaid: unsaid, told: told};
  }

  function time() {
    var from = firstOf(head, 'from'), until = firstOf(head, 'to');
    return from && until ? from + '-' + until : from || until;
  }

  var DAY = new RegExp('^(?:' + known.day_head + ')');

  function guarded(line) {  // as in heads.py: a line that begins with a day would head another entry
    var indent = /^\u3000*/.exec(line)[0].length;
    return !DAY.test(line) || (indent && indent % 2 === 0) ? line : new Array(indent + 2).join('\u3000') + line;
  }

  function ownWords() {  // free text
    return (read(body.querySelector('.field'))[0] || '').split('\n').map(guarded).join('\n');
  }

  function kind() {
    var chosen = document.querySelector('.kinds input:checked');
    return chosen ? chosen.value : '';
  }

  function compose() {
    var made = [(firstOf(head, 'date') + ' ' + time()).trim()], lacking = [], own = ownWords();
    if (!firstOf(head, 'date')) { lacking.push(said.no_date); }
    if (kind()) { made.push('【' + known.words.kind + '】' + kind()); } else { lacking.push(said.no_kind); }
    ['title', 'weather', 'area', 'place', 'who', 'with'].forEach(function (name) {
      var value = read(fieldOf(head, name)).join(known.words.between);
      if (value) { made.push('【' + known.words[name] + '】' + (/[【】［］〖〗]|^[":：]/.test(value) ? quoted(value) : value)); }
    });
    all(lines, '.line').forEach(function (line) {
      var found = marked(line);
      if (found.lacking.length) {
        lacking.push(line.querySelector('h2').textContent + ': ' + filled(said.lacks, found.lacking.join(known.words.between)));
      } else if (found.unsaid) {
        lacking.push(line.querySelector('h2').textContent + ': ' + filled(said.unit, found.unsaid));
      } else if (found.told) {
        made.push(found.text);
      }
    });
    if (own) { made.push('【' + known.words.body + '】', own); }
    return {text: made.join('\n') + '\n', lacking: lacking};
  }

  function show() {
    var made = compose();
    text.value = made.text;
    var list = document.getElementById('lacking');
    empty(list);
    made.lacking.forEach(function (words) { put(list, 'li', words); });
    list = document.getElementById('codes');
    empty(list);
    known.choices.people.forEach(function (choice) {
      if (choice[0] !== choice[1] && made.text.indexOf(choice[0]) >= 0) { put(list, 'li', choice[0] + ' ' + choice[1]); }
    });
    var asks = document.querySelector('.kinds input:checked');
    asks = asks ? asks.getAttribute('data-asks').split(' ') : [];
    all(document, '.marks button').forEach(function (button) {
      var mark = button.getAttribute('data-mark');
      button.classList[asks.indexOf(mark) >= 0 ? 'add' : 'remove']('asked');
      button.disabled = button.hasAttribute('data-once') && lines.querySelector('[data-mark="' + mark + '"]') !== null;
    });
  }

  /* ---- drafts: one a key of the browser's store, written at every touch */

  var PLACE = 'minqing/' + known.diary + '/';
  var store = null;
  try {
    window.localStorage.setItem(PLACE + 'try', '');
    window.localStorage.removeItem(PLACE + 'try');
    store = window.localStorage;
  } catch (refused) { store = null; }
  var current = '', touched = false, copied = false, latest = '', blank = '';

  function gather() {
    var draft = {kind: kind(), head: {}, lines: [], body: read(body.querySelector('.field')), copied: copied};
    all(head, '.field').forEach(function (field) { draft.head[field.getAttribute('data-name')] = read(field); });
    all(lines, '.line').forEach(function (line) {
      var fields = {};
      all(line, '.field').forEach(function (field) { fields[field.getAttribute('data-name')] = read(field); });
      draft.lines.push({mark: line.getAttribute('data-mark'), fields: fields});
    });
    return draft;
  }

  function spread(draft) {
    all(document, '.kinds input').forEach(function (input) { input.checked = input.value === draft.kind; });
    hideChoices(null);
    empty(lines);
    all(document, '.form .field').forEach(function (field) {
      control(field).value = '';
      if (field.hasAttribute('data-chips')) { empty(field.querySelector('.chips')); one(field); }
    });
    var strange = [];  // what a form of another version asked for goes to the text
    function fillAll(root, fields) {
      Object.keys(fields).forEach(function (name) {
        var field = root && fieldOf(root, name);
        if (field) { fill(field, fields[name]); } else { strange = strange.concat(fields[name]); }
      });
    }
    fillAll(head, draft.head);
    draft.lines.forEach(function (line) {
      fillAll(document.getElementById('mark-' + line.mark) && addLine(line.mark), line.fields);
    });
    var words = draft.body.concat(strange).join('\n');
    fill(body.querySelector('.field'), words ? [words] : []);
    copied = draft.copied;
    touched = false;
    latest = JSON.stringify(gather());
    show();
  }

  function fresh() {
    current = String(new Date().getTime());
    spread({kind: '', head: {date: [today()], area: known.area ? [known.area] : []}, lines: [], body: [], copied: false});
    blank = latest;
  }

  function keep() {
    latest = JSON.stringify(gather());
    if (!store) { return; }
    try {
      store.setItem(PLACE + current, latest);
      store.setItem(PLACE + 'open', current);
      trouble = '';
    } catch (refused) { trouble = said.full; }
  }

  function kept(name) {
    try {
      var draft = JSON.parse(store.getItem(PLACE + name));
      return draft && draft.head && draft.lines && draft.body ? draft : null;
    } catch (torn) { return null; }
  }

  function draftNames() {  // the newest first, and how many there are told above them
    var box = document.getElementById('drafts'), found = [];
    for (var n = 0; store && n < store.length; n += 1) {
      var name = store.key(n);
      if (name.indexOf(PLACE) === 0 && /^\d+$/.test(name.slice(PLACE.length))) { found.push(name.slice(PLACE.length)); }
    }
    box.querySelector('summary').textContent = filled(said.drafts, found.length);
    box.hidden = !found.length;
    return found.sort().reverse();
  }

  function listDrafts() {
    var list = document.querySelector('#drafts ul');
    empty(list);
    draftNames().forEach(function (name) {
      var draft = kept(name);
      if (!draft) { return; }
      var about = (draft.head.who || []).map(function (who) { return names[who] || who; }).concat(draft.head.title || []);
      var words = [(draft.head.date || [])[0], draft.kind || said.untitled, about[0], draft.copied ? said.was_copied : ''];
      var row = put(list, 'li');
      row.className = name === current ? 'open' : '';
      put(row, 'button', words.filter(function (word) { return word; }).join(' '), {'data-do': 'open', value: name});
      put(row, 'button', said.remove, {'data-do': 'drop', value: name, 'class': 'quiet'});
    });
  }

  function closeDrafts() { document.getElementById('drafts').open = false; }

  function changed() {
    if (JSON.stringify(gather()) === latest) { return; }  // what is left without a change changes nothing
    touched = true;
    copied = false;
    keep();
    tell('');
    show();
    draftNames();
  }

  function open(name) {
    var draft = kept(name);
    if (!draft) { return false; }
    current = name;
    spread(draft);
    store.setItem(PLACE + 'open', name);
    return true;
  }

  /* ---- copying */

  function copy() {
    if (JSON.stringify(gather()) === blank) { tell(said.nothing); return; }
    function done() {
      copied = true;
      keep();
      tell(said.copied);
    }
    function byHand() {
      text.focus();
      text.select();
      text.setSelectionRange(0, text.value.length);
      var ok = false;
      try { ok = document.execCommand('copy'); } catch (refused) { ok = false; }
      if (ok) { done(); } else { tell(said.by_hand); }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text.value).then(done, byHand);
    } else {
      byHand();
    }
  }

  /* ---- what the person does */

  function sure(button) {  // removing takes a second tap
    if (button.classList.contains('sure')) { return true; }
    var words = button.textContent;
    button.textContent = said.sure;
    button.classList.add('sure');
    setTimeout(function () { button.textContent = words; button.classList.remove('sure'); }, 4000);
    return false;
  }

  var DOES = {
    add: function (button) { begin(button.getAttribute('data-mark')); changed(); },
    remove: function (button) { if (sure(button)) { lines.removeChild(within(button, 'line')); changed(); } },
    choose: function (button) { choose(within(button, 'field'), button.value); changed(); },
    unchip: function (button) {
      var field = within(button, 'field');
      button.parentNode.parentNode.removeChild(button.parentNode);
      one(field);
      changed();
    },
    copy: copy,
    'new': function () { fresh(); tell(''); window.scrollTo(0, 0); closeDrafts(); },
    open: function (button) {
      open(button.value);
      closeDrafts();
      tell('');
    },
    drop: function (button) {
      if (!sure(button)) { return; }
      store.removeItem(PLACE + button.value);
      if (button.value === current) { fresh(); }
      listDrafts();
    }
  };

  document.addEventListener('click', function (event) {
    var button = within(event.target, 'data-do');
    if (button) { DOES[button.getAttribute('data-do')](button); }
    var field = within(event.target, 'field');
    if (event.target.tagName === 'SUMMARY') { listDrafts(); }
    if (!button) { hideChoices(field); }  // a button may have just opened some
    if (field && event.target === control(field)) {
      if (field.hasAttribute('data-list')) { offer(field); }
      raise(field);
    }
  });

  document.addEventListener('input', function (event) {
    var field = within(event.target, 'field');
    if (field && field.hasAttribute('data-list')) { offer(field); }
    if (event.target !== text) { changed(); }
  });

  document.addEventListener('change', function (event) { if (event.target !== text) { changed(); } });

  document.addEventListener('focusin', function (event) {
    var field = within(event.target, 'field');
    hideChoices(field);
    if (field && field.hasAttribute('data-list') && event.target === control(field)) { offer(field); }
  });

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { hideChoices(null); }
    var field = within(event.target, 'field');
    if (event.key !== 'Enter' || event.isComposing || !field || !field.hasAttribute('data-chips')) { return; }
    event.preventDefault();
    var typed = control(field).value.trim();
    if (typed) { choose(field, typed); changed(); }
  });

  window.addEventListener('storage', function (event) {  // the same draft in a second window
    if (event.key === PLACE + current && event.newValue) { spread(JSON.parse(event.newValue)); }
    draftNames();
  });

  window.addEventListener('beforeunload', function (event) {
    if (touched && !store) { event.preventDefault(); event.returnValue = said.not_kept; }
  });

  document.getElementById('kept').hidden = !store;
  trouble = store ? '' : said.not_kept;
  tell('');
  if (!store || !open(store.getItem(PLACE + 'open'))) { fresh(); }
  draftNames();
}());
