// Demo leads whose story has an end, or rests: won, lost, no-show, later.

extension DemoLead {
  static let closed = [
    DemoLead(
      "Laura Stein",
      "+4915228895431",
      "Won",
      owner: "a",
      source: "ad:2 weeks free trial",
      [
        "c 24d Hallo, gilt das Angebot mit den zwei Wochen noch?",
        "a 23d23h55m Hallo Laura, ja klar! Wann magst du anfangen?",
        "c 23d22h Morgen? 😄", "a 23d21h50m Morgen passt. Bis dann!",
        "c 10d So, ich bin überzeugt. Wo unterschreibe ich?",
        "a 9d23h50m Das freut mich riesig! Komm einfach ans Desk 🎉", "c 9d20h Erledigt 💪",
        "a 9d19h Willkommen im Team, Laura!",
      ]
    ),
    DemoLead(
      "Samuel Okafor",
      "+447408880432",
      "Won",
      owner: "b",
      [
        "c 19d Hi, what's the monthly price?",
        "b 18d23h58m Hi Samuel, 39.90 month to month, 29.90 on twelve months.",
        "c 18d22h Month to month please. Can I start Monday?",
        "b 18d21h55m Monday works. Bring an ID and you're in.", "c 16d Signed up. Great team! 🙌",
        "b 15d23h Welcome aboard!",
      ]
    ),
    DemoLead(
      "Valeria Soto",
      "@valesoto.fit",
      "Won",
      owner: "a",
      source: "link:story reply",
      [
        "c 15d ¿Dan clases de spinning por la mañana? 🚴‍♀️",
        "a 14d23h50m ¡Hola Vale! Lunes, miércoles y viernes a las 7:00.",
        "c 14d22h Perfecto, me apunto. ¿Cómo pago?",
        "a 14d21h Aquí en recepción, con tarjeta o domiciliación. ¡Te esperamos!",
        "c 12d Ya soy socia 😍", "a 11d23h ¡Bienvenida, Vale! 🎉",
      ]
    ),
    DemoLead(
      "Michael Brandt",
      "+4915228895434",
      "Won",
      owner: "b",
      notes: ["b 20d Came with his son, 16"],
      [
        "c 29d Guten Abend, kann mein Sohn (16) mit mir zusammen trainieren?",
        "b 28d13h Guten Morgen Herr Brandt, ja, ab 14 mit Einverständnis. Kommen Sie vorbei!",
        "c 28d12h Machen wir, danke.", "b 21d Wie hat es Ihnen beiden gefallen?",
        "c 20d22h Sehr gut. Wir nehmen den Familientarif.", "b 20d21h Wunderbar, ist vorbereitet.",
      ]
    ),
    DemoLead(
      "Anouk Lemaire",
      "+33639989435",
      "Won",
      owner: "a",
      [
        "c 17d Bonjour, vous avez des cours de boxe ?",
        "a 16d23h Bonjour Anouk, oui, le mardi et le vendredi à 20h. Un essai vendredi ?",
        "c 16d22h Avec plaisir 🥊", "c 13d J'ai adoré, je m'inscris cette semaine !",
        "a 12d23h Génial, à très vite !",
      ]
    ),
    DemoLead(
      "Patrick Dunne",
      "+353851009436",
      "Lost",
      owner: "b",
      reason: "Too expensive",
      [
        "c 22d Hi, what do you charge?", "b 21d23h From 29.90 a month, classes included.",
        "c 21d20h Ah that's too much for me, I only go twice a month",
        "b 21d19h There's a ten-visit card for 79, no contract.",
        "c 21d10h I'll stick with running, thanks though",
        "b 21d9h All good, enjoy the miles! 🏃",
      ]
    ),
    DemoLead(
      "Melanie Fuchs",
      "@melaniefuchs",
      "Lost",
      owner: "a",
      reason: "Moved away",
      [
        "c 26d Hallo, ich möchte gern ein Probetraining machen",
        "a 25d23h Hallo Melanie, super gern! Passt Donnerstag 18 Uhr?",
        "c 25d20h Ja!", "c 18d Ich ziehe leider doch nach Hamburg 😕 Danke euch trotzdem",
        "a 17d23h Schade! Alles Gute in Hamburg 👋",
      ]
    ),
    DemoLead(
      "Carlos Ibáñez",
      "+34612009438",
      "Not interested",
      owner: "b",
      reason: "Went elsewhere",
      [
        "c 14d Hola, ¿tienen piscina?", "b 13d23h Hola Carlos, piscina no, pero sauna y hammam sí.",
        "c 13d20h Ah, busco piscina. Gracias igual!", "b 13d19h ¡A ti, suerte con la búsqueda!",
      ]
    ),
    DemoLead(
      "Svenja Albers",
      "+4915228895439",
      "No-show",
      owner: "a",
      [
        "c 7d Hi, kann ich morgen zum Probetraining kommen?",
        "a 6d23h50m Hallo Svenja, gern! 17:30 wäre frei.", "c 6d23h Super 👍",
        "a 5d20h Hallo Svenja, wir haben dich gestern vermisst. Sollen wir einen neuen Termin "
          + "finden?",
      ]
    ),
    DemoLead(
      "Luca Ferrari",
      "@luca.ferrari.run",
      "No-show",
      owner: "b",
      [
        "c 10d Hey, can I check out the gym on Friday?", "b 9d23h Sure Luca! 6 pm?",
        "c 9d22h perfect", "b 7d Hi Luca, we missed you on Friday. Another day maybe?",
        "c 6d20h so sorry, work was mad. next week?", "b 6d19h No worries. Just tell me when 🙂",
      ]
    ),
    DemoLead(
      "Greta Nyström",
      "+46701009441",
      "Follow up later",
      owner: "a",
      notes: ["a 11d Write again at the start of next month"],
      [
        "c 12d Hi! I'm pregnant and would like to come back to training in spring 🤰",
        "a 11d23h Congratulations Greta! 🎉 Shall I write to you in March?",
        "c 11d22h Yes please, that would be lovely",
        "a 11d21h Noted. All the best until then!",
      ]
    ),
    DemoLead(
      "André Nogueira",
      "+5511912009442",
      "Follow up later",
      owner: "b",
      [
        "c 16d Oi, tô de mudança pra cidade em janeiro. Vocês têm plano sem fidelidade?",
        "b 15d23h Oi André! Temos sim, 39,90 por mês. Te chamo em janeiro?",
        "c 15d22h Fechado, valeu 🙏", "b 15d21h Combinado, até janeiro!",
      ]
    ),
    DemoLead(
      "Thomas Reuter",
      "+4915228895443",
      "Attended",
      owner: "b",
      [
        "c 13d Hallo, ist bei euch abends viel los?",
        "b 12d23h Hallo Thomas, 17 bis 19 Uhr schon, danach wird es ruhig. Schau doch mal rein!",
        "c 12d20h Mach ich, Donnerstag nach acht.", "b 8d Und, wie war's?",
        "c 7d22h Wirklich angenehm. Ich melde mich nach dem Urlaub.",
        "b 7d21h Schönen Urlaub! 🌴",
      ]
    ),
    DemoLead(
      "Chiara Romano",
      "@chiararomano_",
      "Attended",
      owner: "a",
      source: "ad:Yoga for beginners",
      [
        "c 9d Hi! Is the beginners yoga really for beginners? 😅",
        "a 8d23h Promise! Tuesday 19:00, mats are here.", "c 8d22h ok I'm in",
        "a 4d How was it, Chiara?",
        "c 3d22h So good!! My back says thank you. Can I buy 10 classes?",
        "a 3d21h Of course: 99 € for ten. I'll leave the card at the desk for you.",
        "c 3d20h Perfect, see you Tuesday 🙏",
        "a 3d19h See you! 🧘",
      ]
    ),
    DemoLead(
      "Ibrahim Khalil",
      "+4915228895445",
      "Considering",
      owner: "a",
      [
        "c 7d3h Salam, what's the difference between Basic and Plus?",
        "a 7d2h Hi Ibrahim! Plus adds all classes and the sauna, 10 € more.",
        "c 7d1h And can I switch later?", "a 7d50m Any month, up or down.",
        "c 3d2h Ok I think Plus. Will come by on the weekend",
        "a 3d1h Great, we're here until 20:00 both days.",
      ]
    ),
    DemoLead(
      "Zoë van Dijk",
      "+31612009446",
      "Won",
      owner: "b",
      source: "manual:Walk-in",
      [
        "b 21d Hi Zoë, Ben from the gym. Good to meet you today! Here's the class plan.",
        "c 20d22h Thanks Ben! Starting Monday 🏋️‍♀️", "b 20d21h 🙌 see you then",
      ]
    ),
  ]
}
