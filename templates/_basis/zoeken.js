// Zoeken over alle pagina's. De index (zoekindex.js) komt pas als iemand zoekt, ook vanaf een netwerkmap.
// Van veel pagina's staat de index in delen; zoekindex.js zegt dan hoeveel, en zij komen op volgorde.
(function () {
  "use strict";
  var vak = document.querySelector(".zoeken");
  if (!vak) { return; }
  var veld = vak.querySelector("input");
  var stand = vak.querySelector("[role=status]");
  var lijst = vak.querySelector("ol");
  var meer = vak.querySelector("button");
  var hier = vak.getAttribute("data-pagina");
  var STAP = 20;
  var index = null;
  var gelezen = [];
  var gevraagd = false;
  var gevonden = [];
  var woorden = [];
  var getoond = 0;
  var wacht = 0;

  var LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th" };
  function vouw(tekst) {
    return tekst.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[ßæœøłđðþ]/g, function (letter) { return LETTERS[letter]; }).replace(/[’‘]/g, "'");
  }
  function vraag() {
    return vouw(veld.value).split(/\s+/).map(function (woord) {
      return woord.replace(/^[^\p{L}\p{N}€]+|[^\p{L}\p{N}%]+$/gu, "");
    }).filter(Boolean);
  }
  function patroon(woord) {
    return new RegExp("(?:^|[^\\p{L}\\p{N}])" + woord.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "u");
  }
  function neemOp(paginas) {
    paginas.forEach(function (pagina) {
      pagina[2].forEach(function (deel) {
        gelezen.push({
          bestand: pagina[0], pagina: pagina[1], anker: deel[0], kop: deel[1], tekst: deel[2],
          vouwkop: vouw(deel[1]), vouw: vouw(deel[1] + " " + deel[2])
        });
      });
    });
  }
  function laad(bestand) {
    var bron = document.createElement("script");
    bron.src = bestand;
    bron.async = false;
    bron.onerror = function () {
      stand.textContent = "Zoeken kan hier niet: het bestand " + bestand + " staat niet naast deze pagina. Met Ctrl+F zoekt u op deze pagina.";
    };
    document.head.appendChild(bron);
  }
  function haal() {
    if (gevraagd) { return; }
    gevraagd = true;
    var wachten = 1;
    window.stavazaZoekindex = function (inhoud) {
      wachten -= 1;
      if (typeof inhoud === "number") {
        wachten += inhoud;
        for (var nummer = 1; nummer <= inhoud; nummer += 1) { laad("zoekindex-" + nummer + ".js"); }
      } else {
        neemOp(inhoud);
      }
      if (!wachten) {
        index = gelezen;
        zoek();
      }
    };
    laad("zoekindex.js");
  }
  function zoek() {
    if (index && lijst.getAttribute("data-vraag") === veld.value) { return; }
    woorden = vraag();
    gevonden = [];
    getoond = 0;
    lijst.textContent = "";
    lijst.hidden = meer.hidden = true;
    if (!index) {
      if (woorden.length) { haal(); }
      return;
    }
    lijst.setAttribute("data-vraag", veld.value);
    if (!woorden.length) { stand.textContent = ""; return; }
    var patronen = woorden.map(patroon);
    var achteraan = [];
    index.forEach(function (deel) {
      if (!patronen.every(function (een) { return een.test(deel.vouw); })) { return; }
      (patronen.every(function (een) { return een.test(deel.vouwkop); }) ? gevonden : achteraan).push(deel);
    });
    gevonden = gevonden.concat(achteraan);
    toon();
  }
  function toon() {
    var tot = Math.min(getoond + STAP, gevonden.length);
    for (; getoond < tot; getoond += 1) { lijst.appendChild(regel(gevonden[getoond])); }
    lijst.hidden = !gevonden.length;
    meer.hidden = tot === gevonden.length;
    stand.textContent = !gevonden.length ? "Niets gevonden voor “" + veld.value.trim() + "”."
      : (gevonden.length === 1 ? "1 plaats gevonden" : gevonden.length + " plaatsen gevonden")
        + (tot < gevonden.length ? ", de eerste " + tot + " staan hieronder." : ".");
  }
  function stukken(tekst) {
    return tekst.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) || [];
  }
  function raak(stuk) {
    var plat = vouw(stuk);
    return woorden.some(function (woord) {
      var eerste = woord.match(/^[\p{L}\p{N}]+/u);
      return eerste && plat.indexOf(eerste[0]) === 0;
    });
  }
  function gemerkt(doel, delen) {
    delen.forEach(function (stuk) {
      if (raak(stuk)) {
        doel.appendChild(document.createElement("mark")).textContent = stuk;
      } else {
        doel.appendChild(document.createTextNode(stuk));
      }
    });
  }
  function regel(deel) {
    var item = document.createElement("li");
    var link = item.appendChild(document.createElement("a"));
    var delen = stukken(deel.tekst);
    var plek = delen.findIndex(raak);
    var adres = (deel.bestand === hier ? "" : deel.bestand) + "#" + encodeURIComponent(deel.anker);
    if (plek >= 0 && "fragmentDirective" in document) {
      adres += ":~:text=" + encodeURIComponent(delen[plek]).replace(/-/g, "%2D");
    }
    link.href = adres;
    gemerkt(link, stukken(deel.kop || deel.pagina));
    if (deel.kop && deel.kop !== deel.pagina) {
      item.appendChild(document.createElement("span")).textContent = deel.pagina;
    }
    if (delen.length) {
      var van = Math.max(0, plek - 16);
      var tot = Math.min(delen.length, van + 60);
      var zin = item.appendChild(document.createElement("p"));
      gemerkt(zin, [van ? "… " : ""].concat(delen.slice(van, tot), tot < delen.length ? " …" : ""));
    }
    return item;
  }
  function leeg() {
    veld.value = "";
    zoek();
  }
  function naar(stap, van) {
    var links = Array.prototype.slice.call(lijst.querySelectorAll("a"));
    var plaats = links.indexOf(van) + stap;
    if (plaats < 0) { veld.focus(); } else if (links[plaats]) { links[plaats].focus(); }
  }

  vak.hidden = false;
  if (veld.value) { zoek(); }
  veld.addEventListener("focus", haal);
  veld.addEventListener("input", function () {
    clearTimeout(wacht);
    wacht = setTimeout(zoek, 120);
  });
  vak.addEventListener("keydown", function (toets) {
    var op = document.activeElement;
    if (toets.key === "Escape") { leeg(); veld.focus(); }
    else if (toets.key === "ArrowDown") {
      if (op === veld) { clearTimeout(wacht); zoek(); }
      naar(1, op);
    }
    else if (toets.key === "ArrowUp" && op !== veld) { naar(-1, op); }
    else if (toets.key === "Enter" && op === veld) {
      clearTimeout(wacht);
      zoek();
      var eerste = lijst.querySelector("a");
      if (eerste) { eerste.click(); }
    } else { return; }
    toets.preventDefault();
  });
  document.addEventListener("keydown", function (toets) {
    if (toets.key !== "/" || toets.ctrlKey || toets.metaKey || toets.altKey) { return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { return; }
    toets.preventDefault();
    veld.focus();
  });
  lijst.addEventListener("click", function (klik) {
    var link = klik.target.closest("a");
    if (link && link.getAttribute("href").charAt(0) === "#") { setTimeout(leeg, 0); }
  });
  meer.addEventListener("click", function () {
    var eerste = getoond;
    toon();
    lijst.querySelectorAll("a")[eerste].focus();
  });
})();
// Een tabel die past, hoeft geen halte met de tabtoets te zijn.
(function () {
  "use strict";
  var bakken = Array.prototype.slice.call(document.querySelectorAll(".schuif"));
  function pas() {
    bakken.map(function (bak) { return bak.scrollWidth > bak.clientWidth; }).forEach(function (schuift, nummer) {
      if (schuift) { bakken[nummer].tabIndex = 0; } else { bakken[nummer].removeAttribute("tabindex"); }
    });
  }
  window.addEventListener("resize", pas);
  pas();
})();
