"""Why a form is refused, in Norwegian and English.

Each message names the sheet and the cell, what was found there and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Code: Norwegian, English. {where}: sheet and cell; {found}: what stands there.
MESSAGES: dict[str, tuple[str, str]] = {
    # The file as a whole.
    "no_access": (
        "Filen kan ikke åpnes ({found}). Sjekk at den finnes og kan leses.",
        "The file cannot be opened ({found}). See that it exists and can be read.",
    ),
    "empty_file": (
        "Filen er tom (0 byte). Hent den på nytt fra avsenderen.",
        "The file is empty (0 bytes). Get it again from the sender.",
    ),
    "not_xlsx": (
        "Dette er ikke en .xlsx-arbeidsbok, uansett hva filen heter. Åpne den i"
        " Excel eller LibreOffice og lagre som .xlsx.",
        "This is no .xlsx workbook, whatever the file is called. Open it in Excel"
        " or LibreOffice and save it as .xlsx.",
    ),
    "old_excel": (
        "Filen er i det gamle .xls-formatet, uansett hva den heter. Lagre som"
        " .xlsx og send på nytt.",
        "The file is in the old .xls format, whatever it is called. Save it as"
        " .xlsx and send it again.",
    ),
    "password": (
        "Filen er beskyttet med passord. Lagre den uten passord og send på nytt.",
        "The file is protected with a password. Save it without one and send it again.",
    ),
    "damaged": (
        "Filen er skadet og kan ikke leses ({found}). Åpne den, lagre på nytt som"
        " .xlsx og send på nytt.",
        "The file is damaged and cannot be read ({found}). Open it, save it again"
        " as .xlsx and send it again.",
    ),
    "too_large": (
        "Filen er for stor til å være et skjema ({found}). Kopier svarene til et"
        " nytt skjema.",
        "The file is too large to be a form ({found}). Copy the answers to a new form.",
    ),
    "too_long": (
        "Filen tok for lang tid å lese ({found}) og er ikke lest. Kopier svarene til"
        " et nytt skjema.",
        "The file took too long to read ({found}) and was not read. Copy the answers"
        " to a new form.",
    ),
    "macros": (
        "Filen har makroer ({found}). Lagre som .xlsx uten makroer.",
        "The file has macros ({found}). Save it as .xlsx without macros.",
    ),
    "external": (
        "Filen har lenker til andre filer eller datakilder ({found}). Bryt lenkene"
        " (Data > Rediger koblinger) og lagre på nytt.",
        "The file has links to other files or sources ({found}). Break them (Data >"
        " Edit Links) and save it again.",
    ),
    "embedded": (
        "Filen har andre filer inni seg ({found}). Ta dem bort og lagre på nytt.",
        "The file has other files inside it ({found}). Remove them and save it again.",
    ),
    "strict_format": (
        "Filen er lagret som «Strict Open XML». Lagre som vanlig .xlsx (Excel-"
        "arbeidsbok) og send på nytt.",
        "The file was saved as “Strict Open XML”. Save it as an ordinary .xlsx (Excel"
        " Workbook) and send it again.",
    ),
    "text_box": (
        "Filen har en tekstboks ({found}), som ikke kan leses. Flytt teksten til"
        " merknadene, og ta boksen bort.",
        "The file has a text box ({found}), which cannot be read. Move its text to the"
        " remarks, and remove the box.",
    ),
    "entities": (
        "Filen har XML som ikke hører hjemme i en arbeidsbok ({found}). Kopier"
        " svarene til et nytt skjema.",
        "The file has XML that does not belong in a workbook ({found}). Copy the"
        " answers to a new form.",
    ),
    # Which form it is.
    "not_a_form": (
        "Dette er ikke skjemaet: de skjulte opplysningene om enhet og år mangler"
        " eller er endret ({found}). Fyll ut skjemaet som enheten fikk tilsendt.",
        "This is not the form: what it hides about unit and year is missing or"
        " changed ({found}). Fill in the form that the unit was sent.",
    ),
    "other_year": (
        "Skjemaet er fra {found}, og nå leses {expected}. Be om årets skjema; skal"
        " det leses likevel, gi --year {found}.",
        "The form is of {found}, and {expected} is being read. Ask for this year's"
        " form; to read it all the same, give --year {found}.",
    ),
    "no_form_of_year": (
        "Det finnes ikke noe skjema for {found}. Be om årets skjema, og før svarene"
        " over i det.",
        "There is no form of {found}. Ask for this year's form, and move the answers"
        " to it.",
    ),
    "old_edition": (
        "Skjemaet er av en eldre utgave: det er laget med andre tjenester, kolonner,"
        " spørsmål eller andre opplysninger om enheten enn de som nå gjelder"
        " ({found}). Lag et nytt med `arsverk form new`, og be enheten føre svarene"
        " over.",
        "The form is an old edition: it was made with other services, columns,"
        " questions or facts about the unit than those that hold now ({found}). Make"
        " a new one with `arsverk form new`, and ask the unit to move its answers.",
    ),
    "other_unit": (
        "{where}: her står «{found}», men skjemaet ble laget for «{expected}». Hør"
        " med enheten hvem svaret gjelder, og bruk den enhetens eget skjema.",
        "{where}: “{found}” stands here, but the form was made for “{expected}”. Ask"
        " the unit whose answer this is, and use that unit's own form.",
    ),
    "other_file_name": (
        "Filnavnet sier «{found}», men skjemaet inni ble laget for «{expected}». Hør"
        " med enheten hvem svaret gjelder, og gi filen rett navn.",
        "The file's name says “{found}”, but the form inside was made for"
        " “{expected}”. Ask the unit whose answer this is, and name the file"
        " rightly.",
    ),
    # What was changed in it.
    "gone": (
        "{where}: navnet {found} mangler, fører ingen steder eller dekker andre ruter"
        " enn før. Rader, kolonner eller navn er endret. Før svarene over i et nytt"
        " skjema.",
        "{where}: the name {found} is missing, leads nowhere or covers other cells"
        " than before. Rows, columns or names were changed. Move the answers to a new"
        " form.",
    ),
    "changed_text": (
        "{where}: her skal det stå «{expected}», men det står «{found}». Oppsettet er"
        " endret. Før svarene over i et nytt skjema.",
        "{where}: “{expected}” should stand here, but “{found}” does. The layout was"
        " changed. Move the answers to a new form.",
    ),
    "overlap": (
        "{where}: to deler av skjemaet ligger i de samme rutene ({found}). Før"
        " svarene over i et nytt skjema.",
        "{where}: two pieces of the form lie in the same cells ({found}). Move the"
        " answers to a new form.",
    ),
    "other_sheet": (
        "Arket «{found}» er ikke en del av skjemaet. Flytt det som skal med, til"
        " merknadene, og ta arket bort.",
        "The sheet “{found}” is not part of the form. Move what belongs to the"
        " answer to the remarks, and remove the sheet.",
    ),
    "beside": (
        "{where}: «{found}» står utenfor rutene som leses. Flytt det dit det hører"
        " hjemme, eller til en merknad, og tøm ruten.",
        "{where}: “{found}” stands outside the cells that are read. Move it to where it"
        " belongs, or to a remark, and empty the cell.",
    ),
    "note": (
        "{where}: ruten har en kommentar («{found}»), som ikke kan leses. Flytt den til"
        " feltet for merknad, og ta kommentaren bort.",
        "{where}: the cell has a note (“{found}”), which cannot be read. Move it to the"
        " field for remarks, and remove the note.",
    ),
    "merged": (
        "{where}: svarruter er slått sammen ({found}). Del dem, og skriv hvert tall i"
        " sin rute.",
        "{where}: answer cells are merged ({found}). Split them, and write each"
        " number in its own cell.",
    ),
    "sum_typed": (
        "{where}: her står «{found}» i stedet for formelen for summen. Skriv"
        " årsverkene i rutene for utdanning, ikke i summen.",
        "{where}: “{found}” stands here instead of the formula of the sum. Write the"
        " person-years in the cells of education, not in the sum.",
    ),
    # What was answered.
    "formula": (
        "{where}: her står en formel ({found}). Skriv tallet eller teksten selv (i"
        " Excel: lim inn som verdi).",
        "{where}: a formula stands here ({found}). Write the number or text itself"
        " (in Excel: paste as a value).",
    ),
    "not_a_number": (
        "{where}: «{found}» er ikke et tall. Skriv bare tallet, for eksempel 4 eller"
        " 3,5.",
        "{where}: “{found}” is no number. Write the number only, for instance 4 or"
        " 3.5.",
    ),
    "negative": (
        "{where}: «{found}» er negativt. Skriv 0 eller mer.",
        "{where}: “{found}” is negative. Write 0 or more.",
    ),
    "date": (
        "{where}: her står en dato ({found}). Programmet har nok gjort om et tall med"
        " punktum, eller ruten vises som dato. Skriv tallet med komma, for eksempel"
        " 3,5.",
        "{where}: a date stands here ({found}). The program has probably changed a"
        " number with a full stop. Write the number again, with a decimal comma in"
        " Norwegian settings.",
    ),
    "not_a_value": (
        "{where}: «{found}» er verken tall eller tekst. Tøm ruten og skriv svaret på"
        " nytt.",
        "{where}: “{found}” is neither number nor text. Empty the cell and write the"
        " answer again.",
    ),
    "long_text": (
        "{where}: teksten er for lang til å leses («{found} …»). Kort den ned.",
        "{where}: the text is too long to be read (“{found} …”). Shorten it.",
    ),
    "not_an_x": (
        "{where}: «{found}» er ikke x. Sett x, eller la ruten stå tom.",
        "{where}: “{found}” is not x. Put an x, or leave the cell empty.",
    ),
    "not_in_list": (
        "{where}: «{found}» er ikke blant svarene i listen. Velg et av dem, eller tøm"
        " ruten.",
        "{where}: “{found}” is not among the answers in the list. Choose one of them,"
        " or empty the cell.",
    ),
    "none_and_some": (
        "{where}: det er satt x for ingen egne årsverk, men det står årsverk på arket"
        " ({found}). Ta bort x eller årsverkene.",
        "{where}: there is an x for no own person-years, but person-years stand on the"
        " sheet ({found}). Remove the x or the person-years.",
    ),
    "remark_only": (
        "{where}: her står en merknad («{found}»), men arket har verken årsverk eller"
        " x. Skriv årsverk, eller sett x for ingen egne årsverk.",
        "{where}: a remark stands here (“{found}”), but the sheet has neither"
        " person-years nor an x. Write person-years, or put an x for none.",
    ),
    "not_filled_in": (
        "Ingenting er fylt ut. Fyll ut minst ett ark, eller sett x for ingen egne"
        " årsverk.",
        "Nothing is filled in. Fill in at least one sheet, or put an x for no own"
        " person-years.",
    ),
}


def shown(text: str, most: int = 80) -> str:
    """Return a text from a file as it may stand in a message."""
    one_line = re.sub(r"\s+", " ", text)
    seen = "".join(c if c.isprintable() else "\ufffd" for c in one_line)
    return seen if len(seen) <= most else f"{seen[:most]}…"


@dataclass(frozen=True)
class Problem:
    """Why a file is refused: one thing, in one place."""

    code: str
    found: str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""

    def message(self, language: str) -> str:
        """Return the problem in words."""
        where = shown(self.sheet) + (f"!{self.cell}" if self.cell else "")
        return MESSAGES[self.code][language != "nb"].format(
            where=where or "–",
            found=shown(self.found) or "–",
            expected=shown(self.expected),
        )
