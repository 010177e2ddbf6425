// Demo leads in the middle of things: answered, and now it is their turn.

extension DemoLead {
  static let open = [
    DemoLead(
      "Hannah Wolff",
      "+4915228895411",
      "Contacted",
      owner: "a",
      [
        "c 5h20m Hi, bietet ihr Rückenkurse an? Sitze den ganzen Tag 😩",
        "a 5h12m Hallo Hannah, ja: Rückenfit, dienstags 18:00 und samstags 10:00. Lust?",
        "c 5h Samstag klingt gut!",
        "a 4h55m Super, ich hab dich für die Probestunde eingetragen. Bequeme Sachen reichen 🙂",
      ]
    ),
    DemoLead(
      "Daniel Achebe",
      "+447408880412",
      "Visit booked",
      owner: "b",
      source: "ad:2 weeks free trial",
      [
        "c 1d7h Hello! How does the free trial work?",
        "b 1d6h50m Hi Daniel, you get 14 days, everything included. We just need to see you once.",
        "c 1d6h30m Nice. Tomorrow at 5?",
        "b 1d6h25m Tomorrow 17:00 it is. Ask for Ben at the desk 🙂",
        "c 1d6h20m 👍", "b 1d6h10m See you tomorrow, Daniel!",
      ]
    ),
    DemoLead(
      "Giulia Marchetti",
      "@giuliamarchetti",
      "Interested",
      owner: "a",
      [
        "c 2d9h Ciao! Do you have pilates reformer classes?",
        "a 2d8h40m Ciao Giulia! Mat pilates yes, reformer from next month. Shall I put you on the "
          + "list?",
        "c 2d8h yes please 🥰",
        "a 2d7h55m Done. You'll hear from me first.",
      ]
    ),
    DemoLead(
      "Robert Jäger",
      "+4915228895414",
      "Considering",
      owner: "b",
      notes: ["b 4d Compares us with the one at the station, 25 € there", "a 3d Offered no fee"],
      [
        "c 6d3h Guten Tag, was kostet die Mitgliedschaft für zwei?",
        "b 6d2h20m Guten Tag Herr Jäger, zu zweit 54,90 im Monat, alle Kurse dabei.",
        "c 6d1h Mein jetziges Studio kostet 25. Was ist denn bei Ihnen anders?",
        "b 6d Kurse, Sauna und eine Betreuung, die Ihren Namen kennt. Kommen Sie zwei Wochen "
          + "kostenlos vorbei und vergleichen Sie.",
        "c 4d2h Waren gestern da, gefällt uns gut. Wir überlegen noch.",
        "a 3d1h Das freut uns! Bis Monatsende entfällt die Anmeldegebühr.",
      ]
    ),
    DemoLead(
      "Leila Haddad",
      "+971501009415",
      "Contacted",
      owner: "a",
      [
        "c 20h مرحبا، عندكم حصص للسيدات فقط؟",
        "a 19h30m مرحبا ليلى، نعم! كل يوم من ٩ إلى ١٢ صباحا. هل تحبين زيارة النادي؟",
        "c 19h تمام، بشوف مواعيدي وبخبركم 🙂",
        "a 18h50m أكيد، بانتظارك!",
      ]
    ),
    DemoLead(
      "Sean Murphy",
      "+353851009416",
      "Attended",
      owner: "b",
      [
        "c 8d5h Hi there, can I try the gym before joining?",
        "b 8d4h30m Of course Sean. Saturday at 11?",
        "c 8d4h Grand, see you then",
        "b 6d How did you like it on Saturday?",
        "c 5d22h Loved it, legs are still broken 😂 What would 6 months be?",
        "b 5d21h 34.90 a month on six months. Shall I prepare it?",
        "c 5d20h Let me check with the missus, back to you this week",
        "b 1d5h Hi Sean, just checking in. No pressure, the offer stands until Sunday.",
      ]
    ),
    DemoLead(
      "Priyanka Shah",
      "+919810009417",
      "Interested",
      owner: "a",
      source: "link:website",
      [
        "c 1d10h Hi, I had knee surgery in spring. Is there someone who can guide me?",
        "a 1d9h30m Hi Priyanka, Sarah is a physiotherapist and does exactly that. Would a first "
          + "look on Tuesday suit you?",
        "c 1d9h That would be great. Should I bring the MRI report?",
        "a 1d8h50m Yes, please do. Tuesday 16:00, I've written you in 🙏",
      ]
    ),
    DemoLead(
      "Kevin Baumann",
      "@kevinbaumann",
      "Contacted",
      owner: "b",
      [
        "c 14h yo was kostet das bei euch",
        "b 13h40m Hi Kevin, ab 29,90 im Monat. Für Schüler 19,90 🙂",
      ]
    ),
    DemoLead(
      "Beatriz Antunes",
      "+351912009419",
      "Visit booked",
      owner: "a",
      source: "ad:Bring a friend month",
      [
        "c 3d2h Boa tarde, a campanha traz um amigo ainda está ativa?",
        "a 3d1h30m Boa tarde Beatriz! Sim, até ao fim do mês. Querem vir conhecer?",
        "c 3d1h Queremos! Sábado de manhã?",
        "a 3d50m Perfeito, sábado às 10h. Até lá 👋",
        "c 3d45m Até sábado!", "a 3d40m 💛",
      ]
    ),
    DemoLead(
      "Mateusz Nowak",
      "+48512009420",
      "Considering",
      owner: "b",
      [
        "c 9d Hi, do you have a corporate rate? We are 22 people.",
        "b 8d23h Hi Mateusz, from 10 people on it's 24.90 each. I'll send you an offer.",
        "c 8d20h Thanks, please to office@nowak-studio.example",
        "b 8d19h Sent! Any questions, just write here.",
        "c 5d4h Boss wants to see the place first. Next week?",
        "b 5d3h Any day after 10. Tell me which and I'll show you around.",
      ]
    ),
    DemoLead(
      "Yuki Tanaka",
      "@yuki.moves",
      "Interested",
      owner: "a",
      [
        "c 2d13h Hi! Are the Zumba classes included?",
        "a 2d12h Hi Yuki, all classes are 🎉 Wednesday 19:00 is the fun one.",
        "c 2d11h50m 😍 see you Wednesday maybe!",
        "a 2d11h45m We'd love that. I keep a spot for you.",
      ]
    ),
    DemoLead(
      "Fernanda Reyes",
      "+525512009422",
      "Contacted",
      owner: "b",
      [
        "c 30h Hola, ¿a qué hora abren entre semana? Salgo del trabajo a las 22",
        "b 29h50m Hola Fernanda, abrimos de 6:00 a 23:00. ¿Te alcanza con una hora?",
        "c 29h40m Sí, justo 😅 gracias!",
        "b 29h30m ¡A ti! Pásate cuando quieras y te enseñamos todo.",
      ]
    ),
    DemoLead(
      "Erik Sandberg",
      "+46701009423",
      "Unreachable",
      owner: "a",
      [
        "c 12d Hi, please call me about a membership",
        "a 11d22h Hi Erik, tried to call twice. When is a good time?",
        "a 9d !131026 Hi Erik, still interested? Just write when it suits you.",
      ]
    ),
    DemoLead(
      "Wei Zhang",
      "+8613810009424",
      "Interested",
      owner: "b",
      [
        "c 1d16h 你好，想找私教，一周两次，大概多少钱？",
        "b 1d15h30m 您好！私教每次 45 欧，十次课 400 欧。可以先免费体验一次。",
        "c 1d15h 好的，周末可以体验吗？",
        "b 1d14h50m 周六上午十一点可以吗？",
        "c 1d14h40m 可以👌",
        "b 1d14h35m 预约好了，到时见！",
      ]
    ),
  ]
}
