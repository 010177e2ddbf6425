// English customers.

extension Script {
  static let english = Script(
    threads: [
      .price: Thread(
        openings: [
          "Hi! How much is a monthly membership? 🙂",
          "Hey there|what are your prices? can't find them on the website",
          "Hello, could you send me your price list please? I'd be coming about 3x a week",
        ],
        followUps: [
          "Is there a joining fee on top?", "And do you have a student discount?",
          "Is that with a 12 month contract or can I go month to month?",
        ]
      ),
      .trial: Thread(
        openings: [
          "Hi, saw your ad – is the free trial still on? 💪",
          "Hello! Can I come in for a trial session before I sign up?",
          "hey can i try the gym for a day? moved here last week and looking for a new place",
        ],
        followUps: [
          "Do I need to bring anything?", "Are the classes included in the trial?",
          "Can my girlfriend come along too?",
        ]
      ),
      .hours: Thread(
        openings: [
          "Hi, are you open on Sundays?",
          "Morning! What time do you open during the week? I'd need to be done by 7:30",
        ],
        followUps: [
          "Is it very busy around 6 pm?", "And on public holidays?",
        ]
      ),
      .personalTraining: Thread(
        openings: [
          "Hi! Do you offer personal training? I'd like to lose about 10 kg before my wedding "
            + "in June 👰",
          "Hello, I'm looking for a personal trainer, ideally twice a week in the evenings. I "
            + "used to lift a lot at uni but have been sitting at a desk for four years now and my "
            + "back is starting to complain. What would that cost and who would I be working with?",
        ],
        followUps: [
          "Do you have a female trainer by any chance?", "How long is a session?",
          "Could we do a package of 10?",
        ]
      ),
      .kids: Thread(
        openings: [
          "Hi, do you have classes for kids? My son is 8 and full of energy 😅",
          "Hello! From what age can my daughter join? She's 14 and wants to come with me",
        ],
        followUps: [
          "How big are the groups?", "Can parents watch?",
        ]
      ),
      .injury: Thread(
        openings: [
          "Hi, I had knee surgery in March and my physio says I can start light training. Is "
            + "there someone at your gym who knows about rehab?",
          "hi quick question, i've got a slipped disc (L5). would you still take me or is that a "
            + "problem?",
        ],
        followUps: [
          "I can bring the report from my physio if that helps",
          "Would that be with a trainer next to me at first?",
        ]
      ),
      .cancel: Thread(
        openings: [
          "Hi, how do I cancel my membership? I'm moving to Leeds at the end of next month",
          "Hello, I sent a cancellation two weeks ago and never heard back. Could you please "
            + "confirm?",
        ],
        followUps: [
          "Do I need to send a letter or is this message enough?",
          "When would the last payment be?",
        ]
      ),
      .pause: Thread(
        openings: [
          "Hey! Can I pause my membership for two months? I'll be travelling ✈️",
          "Hi, I broke my wrist 🙈 is it possible to freeze the contract until it's healed?",
        ],
        followUps: ["Does the pause cost anything?", "I can send you the doctor's note"]
      ),
      .parking: Thread(
        openings: [
          "Hi, is there parking at the gym?",
          "Hello, coming by car tomorrow – where's the best place to park?",
        ],
        followUps: ["Is it free?", "Perfect. And is there somewhere for bikes as well?"]
      ),
      .womenOnly: Thread(
        openings: [
          "Hi 🙂 do you have a women-only area?",
          "Hello, I'd feel more comfortable training among women at the start. Is there anything "
            + "like that at your place?",
        ],
        followUps: ["Are there weights in there too or only machines?"]
      ),
      .corporate: Thread(
        openings: [
          "Good morning, we are a team of 25 and looking for a company rate. Who could I talk to?",
          "Hi! Do you work with Urban Sports or have a corporate deal? My company pays up to 40 a "
            + "month",
        ],
        followUps: [
          "Could you send me an offer by e-mail?", "What would it be for about 10 people?",
        ]
      ),
      .yoga: Thread(
        openings: [
          "Hi! When are your yoga classes? 🧘",
          "Hello, is the Tuesday yoga suitable for absolute beginners? I can't touch my toes 😂",
        ],
        followUps: ["Do I need my own mat?", "Can I book just a single class?"]
      ),
    ],
    fairPrice: [
      "That's fine, thanks!", "Ok that's better than I thought 😊",
      "Good to know. I'd like to see the place first though",
    ],
    steepPrice: [
      "Hmm, that's a bit more than I expected", "Ok... my current gym is 25. What's included?",
      "I'll have to think about it, but thanks for the quick answer",
    ],
    trial: [
      "Yes please! 🙌|Would tomorrow after work be possible?",
      "That sounds great, I'd love to", "Cool! How do I sign up for that?",
      "Oh nice, yes. Evenings are best for me",
    ],
    acceptTime: [
      "Perfect, that works for me 👍", "Yes! I'll be there",
      "That's good for me. Who should I ask for?", "Great, see you then 😊",
    ],
    otherTime: [
      "Ah, I'm at work then. Anything after 6 pm?", "Could we do Saturday morning instead?",
    ],
    proposeTime: [
      "Thursday around 6 pm?", "Tomorrow would be great, any time after 5",
      "Saturday morning would suit me best", "I'm free the whole weekend",
    ],
    goals: [
      "Mostly to lose some weight and get fitter, nothing crazy",
      "I've trained on and off for years, now I want to get stronger 💪",
      "Total beginner to be honest 😅", "Twice a week would be realistic for me",
    ],
    names: ["It's {name} 🙂", "{name}, and this number is fine"],
    anyQuestion: ["Yes", "Yes, exactly", "I think so, yes 🙂", "Not really, no"],
    news: [
      "Ok thanks!", "Ah perfect, good to know", "Alright, thank you 🙏", "Got it 👍",
    ],
    refusal: [
      "Ah, that's a pity. Thanks anyway!", "Ok, no problem. Is there anything else you can offer?",
    ],
    booked: ["Great, thank you!! See you 👋", "Perfect, looking forward to it 💪", "Thanks a lot!"],
    thanks: ["You're welcome 🙂", "Thank YOU, have a nice day!"],
    nudges: [
      "Hello? 🙂", "Hi, just checking if you saw my message",
      "Btw I could also come by in person if that's easier",
      "Sorry to ask again, I'd like to decide this week",
    ],
    photoCaptions: [
      "this is the one I mean", "my old programme, maybe that helps", "is this still valid?",
    ]
  )
}
