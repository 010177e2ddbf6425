// Spanish-speaking customers.

extension Script {
  static let spanish = Script(
    threads: [
      .price: Thread(
        openings: [
          "¡Hola! ¿Cuánto cuesta la mensualidad? 😊", "Buenas|me podrían pasar los precios porfa?",
        ],
        followUps: ["¿Hay que pagar matrícula?", "¿Tienen descuento para estudiantes?"]
      ),
      .trial: Thread(
        openings: [
          "Hola, vi su anuncio. ¿Todavía está la prueba gratis? 💪",
          "¡Buenas tardes! ¿Puedo ir un día a probar antes de apuntarme?",
        ],
        followUps: ["¿Tengo que llevar algo?", "¿Las clases también entran en la prueba?"]
      ),
      .hours: Thread(
        openings: ["Hola, ¿a qué hora abren los sábados?"],
        followUps: ["¿Hay mucha gente a las 7 de la tarde?"]
      ),
      .personalTraining: Thread(
        openings: [
          "Hola, busco entrenador personal dos veces por semana. Tuve a mi bebé hace seis meses y "
            + "quiero volver a sentirme fuerte poco a poco, sin dietas locas 🙏 ¿Cómo trabajan "
            + "ustedes y cuánto costaría?"
        ],
        followUps: ["¿Hay alguna entrenadora?", "¿Cuánto dura cada sesión?"]
      ),
      .kids: Thread(
        openings: ["Hola! Tienen clases para niños? Mi hija tiene 7 añitos 🤸‍♀️"],
        followUps: ["¿De cuántos niños son los grupos?"]
      ),
      .injury: Thread(
        openings: ["Buenas, tengo una hernia lumbar, ¿puedo entrenar con ustedes igual?"],
        followUps: ["Puedo llevar el informe del médico"]
      ),
      .cancel: Thread(
        openings: ["Hola, necesito dar de baja mi membresía porque me mudo. ¿Qué tengo que hacer?"],
        followUps: ["¿Con este mensaje alcanza?"]
      ),
      .pause: Thread(
        openings: ["Hola, ¿puedo congelar la cuota un mes? Me voy de viaje ✈️"],
        followUps: ["¿Tiene algún costo?"]
      ),
      .parking: Thread(openings: ["Hola! Hay donde estacionar cerca?"], followUps: ["¿Es gratis?"]),
      .womenOnly: Thread(
        openings: ["Hola, ¿tienen una zona solo para mujeres?"],
        followUps: ["¿Hay pesas también?"]
      ),
      .yoga: Thread(
        openings: ["¡Hola! ¿Qué días hay yoga? 🧘‍♀️"],
        followUps: ["¿Necesito mi propia esterilla?"]
      ),
    ],
    fairPrice: ["Ah pues está bien, gracias 😊", "Perfecto, me parece bien"],
    steepPrice: ["Uy, es un poco más de lo que pensaba", "Mmm lo tengo que pensar, pero gracias!"],
    trial: ["¡Sí, me encantaría! 🙌|¿Podría ser mañana por la tarde?", "¡Genial! ¿Cómo me apunto?"],
    acceptTime: ["Perfecto, ahí estaré 👍", "¡Sí, me viene genial!", "Dale, quedamos así 😊"],
    otherTime: [
      "A esa hora estoy trabajando 😕 ¿puede ser después de las 7?", "¿Y el sábado en la mañana?",
    ],
    proposeTime: ["¿El jueves sobre las 6 de la tarde?", "Mañana después de las 5 me viene bien"],
    goals: [
      "Más que nada bajar de peso y estar mejor", "Soy principiante total 😅", "Ganar fuerza 💪",
    ],
    names: ["Soy {name} 😊", "{name}, mucho gusto"],
    anyQuestion: ["Sí", "Sí, exacto", "Creo que sí 🙂", "No, la verdad no"],
    news: ["Ok, muchas gracias!", "Ah perfecto, gracias 🙏", "Buenísimo 👍"],
    refusal: ["Qué pena, gracias igual!", "Vale, no pasa nada. ¿Hay otra opción?"],
    booked: ["¡Mil gracias! Nos vemos 👋", "Genial, allí estaré 💪"],
    thanks: ["¡De nada! 🙂", "Gracias a ti, buen día!"],
    nudges: [
      "¿Hola? 🙂", "Perdón que insista, ¿vieron mi mensaje?", "También puedo pasar en persona",
    ],
    photoCaptions: ["es esta", "mi rutina de antes por si sirve"]
  )
}
