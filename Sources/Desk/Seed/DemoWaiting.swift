// Demo leads who wait for a reply right now; the oldest have little of their window left.

extension DemoLead {
  static let waiting = [
    DemoLead(
      "Nadia Rahimi",
      "+4915228895401",
      "New",
      source: "ad:2 weeks free trial",
      [
        "c 4m Hi! I saw your ad with the two free weeks 💪 is that still on?",
        "c 3m I live just around the corner, so I could even come by today",
      ]
    ),
    DemoLead(
      "Tobias Lindner",
      "+4915228895402",
      "New",
      [
        "c 11m Hallo, was kostet bei euch die Mitgliedschaft im Monat? Und kann man auch ohne "
          + "12 Monate Vertrag trainieren?"
      ]
    ),
    DemoLead(
      "Camila Duarte",
      "@camila.duarte",
      "New",
      source: "link:ig.me",
      ["c 26m Oi! Vocês têm aula de yoga pra iniciante? 🧘‍♀️", "c 25m de preferência à noite"]
    ),
    DemoLead(
      "Oliver Grant",
      "+447408880403",
      "Contacted",
      owner: "a",
      [
        "c 1d2h Hi, do you have personal trainers who know about marathon prep?",
        "a 1d1h48m Hi Oliver, we do! Ben has run eleven of them 😄 When is your race?",
        "c 1d1h20m Berlin, end of September. I'm at 35 km a week but my hips always give up first",
        "a 1d1h5m That's a strength question, he'll love it. A first session is 60 minutes, 45 €.",
        "c 42m Sorry for the late reply! That sounds good. Could I meet Ben before I decide?",
      ]
    ),
    DemoLead(
      "Inés Valdés",
      "+34612009404",
      "Interested",
      owner: "b",
      source: "ad:6-week summer shape-up",
      [
        "c 3d5h Hola! ¿El programa de 6 semanas sirve si nunca he entrenado? 😅",
        "b 3d4h30m ¡Hola Inés! Sí, está pensado para empezar desde cero. Sois 8 por grupo.",
        "c 3d4h ¡Qué bien! ¿Y qué días son?",
        "b 3d3h50m Martes y jueves a las 19:00. ¿Te guardo un sitio?",
        "c 1h35m Síí 🙌 perdona, estaba de viaje. ¿Aún queda sitio?",
      ]
    ),
    DemoLead(
      "Jonas Ekström",
      "@jonas.ekstrom",
      "New",
      [
        "c 3h10m Hey, quick one: is there parking at the gym?",
        "c 3h9m and are you open on Sundays",
      ]
    ),
    DemoLead(
      "Aylin Demir",
      "+4915228895406",
      "Interested",
      owner: "a",
      notes: ["a 2d Prefers the women's area, mornings after nine"],
      [
        "c 4d6h Hallo, habt ihr einen Bereich nur für Frauen?",
        "a 4d5h40m Hallo Aylin, ja! Der ganze zweite Stock, mit eigenen Duschen 🙂",
        "c 4d5h Oh super. Und gibt es da auch eine Trainerin?",
        "a 4d4h50m Montag, Mittwoch und Freitag ist Sarah da. Magst du sie kennenlernen?",
        "c 6h25m Ja gerne! Ginge Freitag um 9:30?",
      ]
    ),
    DemoLead(
      "Marcin Wójcik",
      "+48512009407",
      "Contacted",
      owner: "b",
      [
        "c 1d20h Hello, do you accept Multisport or only own membership?",
        "b 1d19h Hi Marcin, we take Multisport Plus. Bring the card and an ID, that's all.",
        "c 9h50m Perfect. Can my wife come with a day ticket? How much is it?",
      ]
    ),
    DemoLead(
      "Sandrine Petit",
      "+33639989408",
      "Visit booked",
      owner: "a",
      [
        "c 2d4h Bonjour, je voudrais visiter la salle avec ma fille (15 ans).",
        "a 2d3h30m Bonjour Sandrine, avec plaisir ! Mercredi à 17h, ça vous va ?",
        "c 2d3h Parfait pour mercredi 17h 👍",
        "a 2d2h50m C'est noté. À mercredi !",
        "c 22h20m Petite question : elle doit apporter une autorisation écrite ?",
      ]
    ),
    DemoLead(
      "Derek Osei",
      "@derek.osei",
      "Interested",
      owner: "b",
      source: "link:story reply",
      [
        "c 3d8h Replied to your story: what is this class called?? 🔥",
        "b 3d7h That's our Functional Circuit, Mondays and Thursdays at 18:30. Want to try it?",
        "c 23h15m Yes man! Do I have to book or just show up?",
      ]
    ),
  ]
}
