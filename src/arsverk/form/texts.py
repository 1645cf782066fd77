"""What the form says, in Norwegian (bokmål) and English."""

from __future__ import annotations

# The text of a cell is at most 255 characters where a program shows it as help.
TEXTS: dict[str, dict[str, str]] = {
    "nb": {
        "file": "skjema",
        "guide": "Veiledning",
        "adults": "Voksne",
        "children_youth": "Barn og unge",
        "questions": "Spørsmål",
        "help": "Hjelpeberegning",
        "heading": "Årsverk i psykisk helse- og rusarbeid i kommunene, {year}",
        "part_heading": "Årsverk {year}: {part}",
        "part_intro": (
            "Skriv årsverkene i en vanlig uke, fordelt på tjeneste og de ansattes"
            " utdanning. Fyll ut bare de blå rutene. En tom rute betyr 0. Bruk"
            " desimalkomma: 2,5. Skriv tall, ikke formler."
        ),
        "none": "Vi har ingen egne årsverk i dette arbeidet: sett x",
        "none_help_title": "Ingen egne årsverk",
        "none_help": (
            "Sett x bare når dere ikke har noen årsverk her. Da er svaret 0. En side"
            " uten x og uten tall er ikke besvart, og fjorårets årsverk videreføres."
        ),
        "contradiction": (
            "Det er satt x for ingen egne årsverk, men det står årsverk nedenfor."
            " Ta bort x eller årsverkene."
        ),
        "service": "Tjeneste",
        "sum": "Sum",
        "remark": "Merknad",
        "counted": "Sum årsverk som telles",
        "not_counted": "Skal ikke føres ovenfor, og telles ikke i indikatoren",
        "now": "Årsverk nå",
        "before": "Dere hadde i {year}",
        "before_carried": "Dere hadde i {year} (helt eller delvis videreført)",
        "cde": (
            "– betyr at årsverkene i fjor ikke var delt på c, d og e. De er med i"
            " summen."
        ),
        "cell_help_title": "Årsverk",
        "cell_help": (
            "{service}, {column}: årsverk i en vanlig uke, for eksempel 2,5. Bare"
            " delen som gjelder psykisk helse eller rus."
        ),
        "cell_error_title": "Skriv et tall",
        "cell_error": (
            "Skriv bare et tall fra 0 til 10 000, med desimalkomma, for eksempel 2,5."
            " Ikke «ca 4», ikke enhet, ikke formel. Punktum kan bli til en dato."
        ),
        "remark_help_title": "Merknad",
        "remark_help": (
            "Det dere vil at mottakeren skal vite om denne linjen. Ingen opplysninger"
            " om enkeltpersoner."
        ),
        "remark_error_title": "For langt",
        "remark_error": "Skriv høyst 500 tegn.",
        "answer": "Svar",
        "questions_intro": (
            "Velg svar i listene. Spørsmål uten svar regnes som ubesvart. Sett x ved"
            " alle svar som passer der det kan være flere."
        ),
        "all": "Hele tjenesten",
        "several": "{text} Sett x ved alt som passer.",
        "asked_if": "Svar bare hvis svaret over er: {answers}.",
        "answer_help_title": "Velg fra listen",
        "answer_help": "Velg et av svarene i listen, eller la ruten stå tom.",
        "answer_error_title": "Velg fra listen",
        "answer_error": "Bare svarene i listen kan brukes. Tøm ruten for ikke å svare.",
        "x_help_title": "Sett x",
        "x_help": "Sett x når svaret passer, eller la ruten stå tom.",
        "x_error_title": "Sett x",
        "x_error": "Sett x, eller la ruten stå tom.",
        "week": "Timer i en full uke hos dere",
        "week_help": (
            "Vanligvis 37,5. Bruk den uken som er full stilling for dem dere regner"
            " på, for eksempel 35,5 ved turnus."
        ),
        "week_error": "Skriv et tall mellom 20 og 60, for eksempel 37,5.",
        "help_intro": (
            "Et hjelpemiddel: det som står her, leses ikke, men følger med filen. Skriv"
            " ikke navn på personer. Skriv tallene dere kommer fram til, i arkene for"
            " voksne og for barn og unge."
        ),
        "by_hours": "1. Fra timer i en vanlig uke",
        "by_share": "2. Fra stillinger",
        "who": "Hvem eller hva",
        "education": "Utdanning",
        "persons": "Antall personer",
        "hours": "Timer i uken per person til psykisk helse og rus",
        "post": "Stilling, prosent",
        "share": "Del av tiden til psykisk helse og rus, prosent",
        "person_years": "Årsverk",
        "per_education": "Årsverk etter utdanning, begge tabeller",
        "who_help": "Skriv et navn på stillingen eller tjenesten, høyst 100 tegn.",
        "education_help": "Velg en av bokstavene i listen.",
        "persons_help": "Skriv et tall fra 0 til {most}.",
        "hours_help": "Skriv et tall fra 0 til {most}, for eksempel 7,5.",
        "post_help": "Skriv et tall fra 0 til {most}, for eksempel 50.",
        "share_help": "Skriv et tall fra 0 til {most}, for eksempel 40.",
        "printed": "Side &P av &N",
        "keep": "Ikke endre ark, rader, kolonner eller navn: skjemaet leses av et"
        " program.",
    },
    "en": {
        "file": "form",
        "guide": "Guide",
        "adults": "Adults",
        "children_youth": "Children and youth",
        "questions": "Questions",
        "help": "Help calculation",
        "heading": (
            "Person-years in municipal mental-health and substance-use work, {year}"
        ),
        "part_heading": "Person-years {year}: {part}",
        "part_intro": (
            "Write the person-years of an ordinary week, by service and by the"
            " education of the staff. Fill in the blue cells only. An empty cell"
            " means 0. Write numbers, for instance 2.5, not formulas."
        ),
        "none": "We have no own person-years in this work: put an x",
        "none_help_title": "No own person-years",
        "none_help": (
            "Put an x only if you have no person-years here. The answer is then 0. A"
            " page without x and without numbers is not answered, and last year's"
            " person-years are carried forward."
        ),
        "contradiction": (
            "There is an x for no own person-years, but person-years stand below."
            " Remove the x or the person-years."
        ),
        "service": "Service",
        "sum": "Sum",
        "remark": "Remark",
        "counted": "Sum of person-years that count",
        "not_counted": "Not to be written above, and not counted in the indicator",
        "now": "Person-years now",
        "before": "You had in {year}",
        "before_carried": "You had in {year} (wholly or partly carried forward)",
        "cde": (
            "– means that last year's person-years were not told apart into c, d and"
            " e. They are in the sum."
        ),
        "cell_help_title": "Person-years",
        "cell_help": (
            "{service}, {column}: person-years in an ordinary week, for instance 2.5."
            " Only the share for mental health or substance use."
        ),
        "cell_error_title": "Write a number",
        "cell_error": (
            "Write only a number from 0 to 10,000, for instance 2.5. Not “about 4”, no"
            " unit, no formula. With Norwegian settings write 2,5: a full stop may"
            " become a date."
        ),
        "remark_help_title": "Remark",
        "remark_help": (
            "What you want the receiver to know about this line. Nothing about single"
            " persons."
        ),
        "remark_error_title": "Too long",
        "remark_error": "Write at most 500 characters.",
        "answer": "Answer",
        "questions_intro": (
            "Choose answers from the lists. A question without an answer counts as"
            " unanswered. Put an x at every answer that fits where there can be"
            " several."
        ),
        "all": "The whole service",
        "several": "{text} Put an x at all that fit.",
        "asked_if": "Answer only if the answer above is: {answers}.",
        "answer_help_title": "Choose from the list",
        "answer_help": (
            "Choose one of the answers in the list, or leave the cell empty."
        ),
        "answer_error_title": "Choose from the list",
        "answer_error": (
            "Only the answers in the list can be used. Empty the cell to leave the"
            " question unanswered."
        ),
        "x_help_title": "Put an x",
        "x_help": "Put an x if the answer fits, or leave the cell empty.",
        "x_error_title": "Put an x",
        "x_error": "Put an x, or leave the cell empty.",
        "week": "Hours in a full week with you",
        "week_help": (
            "Usually 37.5. Use the week that is a full post for those you calculate"
            " for, for instance 35.5 for shift work."
        ),
        "week_error": "Write a number between 20 and 60, for instance 37.5.",
        "help_intro": (
            "A help: what stands here is not read, but goes along with the file. Write"
            " no names of persons. Write the numbers you arrive at in the sheets for"
            " adults and for children and youth."
        ),
        "by_hours": "1. From hours in an ordinary week",
        "by_share": "2. From posts",
        "who": "Who or what",
        "education": "Education",
        "persons": "Number of persons",
        "hours": "Hours a week per person for mental health and substance use",
        "post": "Post, per cent",
        "share": "Share of the time for mental health and substance use, per cent",
        "person_years": "Person-years",
        "per_education": "Person-years by education, both tables",
        "who_help": "Write a name of the post or the service, at most 100 characters.",
        "education_help": "Choose one of the letters in the list.",
        "persons_help": "Write a number from 0 to {most}.",
        "hours_help": "Write a number from 0 to {most}, for instance 7.5.",
        "post_help": "Write a number from 0 to {most}, for instance 50.",
        "share_help": "Write a number from 0 to {most}, for instance 40.",
        "printed": "Page &P of &N",
        "keep": "Do not change sheets, rows, columns or names: a program reads the"
        " form.",
    },
}

# The guide: headings and paragraphs.
GUIDE: dict[str, list[tuple[str, str]]] = {
    "nb": [
        (
            "Hva skal telles?",
            "Årsverk som kommunen selv bruker på psykisk helse- og rusarbeid, slik de"
            " er i en vanlig uke. Ett årsverk er én full stilling. Dere anslår selv."
            " Én desimal er nok; fire tas vare på.",
        ),
        (
            "Bare delen som gjelder psykisk helse eller rus",
            "Eksempel: En hjemmesykepleier i full stilling bruker én dag i uken på"
            " oppfølging av mennesker med psykiske lidelser. Da teller 0,2 årsverk."
            " Eksempel: En bolig med fast bemanning for mennesker med rusproblemer har"
            " tre fulle stillinger og en på 50 prosent. Da teller 3,5 årsverk."
            " Er dere usikre, bruk arket Hjelpeberegning.",
        ),
        (
            "To målgrupper, to ark",
            "Voksne og barn og unge føres hver for seg. Arkene kan fylles ut av hver"
            " sin person og sendes inn i hver sin fil: et ark som står tomt, er ikke"
            " besvart, og den andre filen gjelder. Eksempel: En psykolog i 100 prosent"
            " arbeider tre dager med ungdom og to med voksne. Da er det 0,6 årsverk"
            " under barn og unge og 0,4 under voksne.",
        ),
        (
            "Hva skal ikke telles?",
            "Forebygging rettet mot hele befolkningen, tjenester ved demens og"
            " tjenester"
            " ved utviklingshemming. Eksempel: Helsesykepleierens vaksinasjon teller"
            " ikke, men samtalene med elever som har det vanskelig, teller. Linjene"
            " nederst er for årsverk dere vil vise at dere har holdt utenfor; de er"
            " ikke"
            " med i noen indikator. Årsverk i spesialisthelsetjenesten teller ikke.",
        ),
        (
            "Har dere ingen egne årsverk?",
            "Sett x i ruten øverst på arket. Det er et svar. Et ark uten x og uten tall"
            " er ikke et svar, og da brukes tallene fra i fjor.",
        ),
        (
            "Utdanning",
            "Før hvert årsverk der personens høyeste utdanning hører hjemme:",
        ),
        (
            "Når dere er ferdige",
            "Lagre som .xlsx og send filen. Står det tall til høyre, er det det dere"
            " hadde i fjor, til sammenligning: de er ikke svar.",
        ),
        (
            "Hvilket skjema dette er",
            "Arbeidsboken til prosjektet arsverk, ikke det offisielle skjemaet IS-24/8:"
            " listene over tjenester og spørsmål er prosjektets egne.",
        ),
    ],
    "en": [
        (
            "What is counted?",
            "Person-years that the municipality itself spends on mental-health and"
            " substance-use work, as they are in an ordinary week. One person-year is"
            " one full post. You estimate yourselves. One decimal is enough; four are"
            " kept.",
        ),
        (
            "Only the share for mental health or substance use",
            "Example: A home nurse in a full post spends one day a week on follow-up of"
            " people with mental disorders. That counts as 0.2 person-years. Example:"
            " Housing with fixed staff for people with substance-use problems has three"
            " full posts and one of 50 per cent. That counts as 3.5 person-years. If"
            " you are unsure, use the sheet Help calculation.",
        ),
        (
            "Two target groups, two sheets",
            "Adults are kept apart from children and youth. Different people can fill"
            " in"
            " the sheets and send each their own file: a sheet that is empty is not"
            " answered, and the other file counts. Example: A psychologist in a full"
            " post works three days with young people and two with adults. That is 0.6"
            " person-years under children and youth and 0.4 under adults.",
        ),
        (
            "What is not counted?",
            "Prevention aimed at the whole population, services for dementia and"
            " services"
            " for intellectual disability. Example: The school nurse's vaccination does"
            " not count, but talks with pupils who have a hard time do. The lines at"
            " the"
            " bottom are for person-years that you want to show you have kept out; they"
            " are in no indicator. Person-years in specialist health care do not"
            " count.",
        ),
        (
            "Do you have no own person-years?",
            "Put an x in the box at the top of the sheet. That is an answer. A sheet"
            " without x and without numbers is not an answer, and last year's figures"
            " are then used.",
        ),
        (
            "Education",
            "Write each person-year where the person's highest education belongs:",
        ),
        (
            "When you are done",
            "Save as .xlsx and send the file. Figures to the right, if there are any,"
            " are what you had last year, for comparison: they are no answers.",
        ),
        (
            "What form this is",
            "The workbook of the project arsverk, not the official form IS-24/8: the"
            " lists of services and questions are the project's own.",
        ),
    ],
}
