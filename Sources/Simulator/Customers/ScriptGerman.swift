// German-speaking customers.

extension Script {
  static let german = Script(
    threads: [
      .price: Thread(
        openings: [
          "Hallo! Was kostet bei euch eine Mitgliedschaft im Monat?",
          "Hi 🙂|könnt ihr mir eure Preise schicken?",
        ],
        followUps: [
          "Kommt da noch eine Anmeldegebühr dazu?", "Gibt's einen Studentenrabatt?",
          "Und wie lange ist die Mindestlaufzeit?",
        ]
      ),
      .trial: Thread(
        openings: [
          "Hallo, kann ich bei euch ein Probetraining machen? 💪",
          "Hey, hab eure Anzeige gesehen – gilt das mit den zwei Wochen gratis noch?",
        ],
        followUps: [
          "Muss ich was mitbringen?", "Sind die Kurse da auch dabei?",
        ]
      ),
      .hours: Thread(
        openings: [
          "Guten Morgen, ab wann habt ihr unter der Woche auf?",
          "Habt ihr am Feiertag geöffnet?",
        ],
        followUps: ["Ist es gegen 18 Uhr sehr voll?"]
      ),
      .personalTraining: Thread(
        openings: [
          "Hallo, bietet ihr Personal Training an? Ich würde gern bis zum Sommer 8 kg abnehmen "
            + "und brauche jemanden, der mir in den Hintern tritt 😄"
        ],
        followUps: ["Gibt es auch eine Trainerin?", "Was kostet eine 10er-Karte?"]
      ),
      .kids: Thread(
        openings: ["Hallo! Ab welchem Alter kann mein Sohn mitmachen? Er ist 13 🙂"],
        followUps: ["Wie groß sind die Gruppen?"]
      ),
      .injury: Thread(
        openings: [
          "Hallo, ich hatte im Februar einen Kreuzbandriss und mein Physio meint, ich darf jetzt "
            + "wieder langsam anfangen. Habt ihr jemanden, der sich damit auskennt? Ich möchte "
            + "auf keinen Fall etwas falsch machen."
        ],
        followUps: ["Den Arztbrief kann ich mitbringen"]
      ),
      .cancel: Thread(
        openings: ["Hallo, wie kann ich kündigen? Ich ziehe Ende des Monats nach Leipzig"],
        followUps: ["Reicht das so oder braucht ihr das schriftlich?"]
      ),
      .pause: Thread(
        openings: ["Hi, kann ich meinen Vertrag für 2 Monate pausieren? Bin auf Elternzeit 👶"],
        followUps: ["Kostet das etwas?"]
      ),
      .parking: Thread(
        openings: ["Hallo, gibt es bei euch Parkplätze?"],
        followUps: ["Und kostenlos? 😊"]
      ),
      .womenOnly: Thread(
        openings: ["Hallo, habt ihr einen Bereich nur für Frauen?"],
        followUps: ["Sind da auch Hanteln oder nur Geräte?"]
      ),
      .corporate: Thread(
        openings: [
          "Guten Tag, wir sind ein Büro mit 18 Leuten um die Ecke und suchen ein Firmenangebot. "
            + "An wen kann ich mich wenden?"
        ],
        followUps: ["Könnten Sie mir ein Angebot per Mail schicken?"]
      ),
      .yoga: Thread(
        openings: ["Hey, wann ist denn euer Yogakurs? 🧘‍♀️", "Ist Yoga am Dienstag für Anfänger ok?"],
        followUps: ["Muss ich eine Matte mitbringen?"]
      ),
    ],
    fairPrice: [
      "Das klingt fair 👍", "Ok super, danke!", "Das geht. Kann ich vorher mal vorbeikommen?",
    ],
    steepPrice: [
      "Puh, das ist mehr als ich dachte",
      "Hm, bei meinem jetzigen zahle ich 25. Was ist denn drin?",
      "Da muss ich nochmal drüber schlafen, danke dir",
    ],
    trial: [
      "Ja gerne! 🙌|Ginge morgen nach der Arbeit?", "Das klingt super, wie melde ich mich an?",
      "Oh cool, ja. Abends passt mir am besten",
    ],
    acceptTime: [
      "Passt perfekt 👍", "Super, dann bis dann!", "Ja, das klappt. Bei wem melde ich mich?",
    ],
    otherTime: [
      "Da bin ich leider noch arbeiten. Geht auch nach 18 Uhr?", "Wäre Samstag früh auch möglich?",
    ],
    proposeTime: [
      "Donnerstag so gegen 18 Uhr?", "Morgen ab 17 Uhr wäre ideal", "Am liebsten Samstagvormittag",
    ],
    goals: [
      "Hauptsächlich abnehmen und fitter werden",
      "Hab früher viel trainiert, jetzt will ich wieder rein 💪",
      "Ehrlich gesagt kompletter Anfänger 😅", "Zweimal die Woche wäre realistisch",
    ],
    names: ["{name} 🙂", "Ich heiße {name}"],
    anyQuestion: ["Ja", "Ja genau", "Ich glaub schon 🙂", "Nein, eigentlich nicht"],
    news: ["Alles klar, danke!", "Ah super, gut zu wissen", "Ok, vielen Dank 🙏"],
    refusal: ["Schade, aber danke für die Info!", "Ok, kein Problem. Gibt es eine Alternative?"],
    booked: ["Super, danke euch! Bis dann 👋", "Perfekt, ich freu mich 💪"],
    thanks: ["Gerne 🙂", "Danke DIR, schönen Tag noch!"],
    nudges: [
      "Hallo? 🙂", "Wollte nur kurz fragen, ob meine Nachricht angekommen ist",
      "Ich kann sonst auch einfach mal vorbeikommen",
    ],
    photoCaptions: ["das hier meine ich", "mein alter Plan, falls das hilft", "gilt der noch?"]
  )
}
