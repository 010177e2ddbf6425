// Portuguese-speaking customers.

extension Script {
  static let portuguese = Script(
    threads: [
      .price: Thread(
        openings: [
          "Oi! Quanto tá a mensalidade? 😊", "Boa tarde|vocês podem me passar os valores?",
        ],
        followUps: ["Tem taxa de matrícula?", "Tem desconto pra estudante?"]
      ),
      .trial: Thread(
        openings: [
          "Oii, vi o anúncio! Ainda tá valendo a semana grátis? 💪",
          "Bom dia! Posso fazer uma aula experimental?",
        ],
        followUps: ["Preciso levar alguma coisa?", "As aulas também entram?"]
      ),
      .hours: Thread(
        openings: ["Oi, vocês abrem no domingo?"],
        followUps: ["Fica muito cheio depois das 18h?"]
      ),
      .personalTraining: Thread(
        openings: [
          "Oi, tudo bem? Queria saber do personal trainer. Tenho 52 anos, nunca treinei de verdade "
            + "e minha médica mandou começar musculação 😅 Tô com um pouco de vergonha kkk"
        ],
        followUps: ["Quanto fica o pacote de 10 aulas?", "Tem professora mulher?"]
      ),
      .kids: Thread(
        openings: ["Oi! Tem natação ou ginástica pra criança? Meu filho tem 6 anos 🥰"],
        followUps: ["Quantas crianças por turma?"]
      ),
      .injury: Thread(
        openings: ["Boa noite, operei o joelho em janeiro. Posso treinar com vocês?"],
        followUps: ["Posso levar o laudo do fisio"]
      ),
      .pause: Thread(
        openings: ["Oi gente, dá pra trancar o plano por 2 meses? Vou viajar ✈️"],
        followUps: ["Paga alguma coisa?"]
      ),
      .parking: Thread(openings: ["Oi, tem estacionamento aí?"], followUps: ["É grátis?"]),
      .yoga: Thread(
        openings: ["Oi! Quais os horários do yoga? 🧘"],
        followUps: ["Precisa levar o tapete?"]
      ),
    ],
    fairPrice: ["Ah, achei bom o preço! 😊", "Beleza, tá ótimo"],
    steepPrice: ["Nossa, um pouco salgado né 😬", "Vou pensar e te falo, obrigada!"],
    trial: ["Quero sim! 🙌|Pode ser amanhã depois do trabalho?", "Adorei! Como faço pra agendar?"],
    acceptTime: ["Perfeito, combinado 👍", "Pode ser! Estarei aí", "Fechou 😊"],
    otherTime: ["Nesse horário tô trabalhando 😕 tem depois das 19h?", "Pode ser sábado de manhã?"],
    proposeTime: ["Quinta umas 18h?", "Amanhã depois das 17h tá ótimo"],
    goals: ["Quero emagrecer e ter mais disposição", "Sou iniciante total 😅", "Ganhar massa 💪"],
    names: ["É {name} 😊", "Me chamo {name}"],
    anyQuestion: ["Sim", "Isso mesmo", "Acho que sim 🙂", "Não, não"],
    news: ["Tá bom, muito obrigada!", "Ah entendi, valeu 🙏", "Show 👍"],
    refusal: ["Poxa, que pena. Obrigada!", "Tranquilo. Tem outra opção?"],
    booked: ["Obrigada!! Até lá 👋", "Perfeito, não vejo a hora 💪"],
    thanks: ["Imagina! 🙂", "Eu que agradeço, boa semana!"],
    nudges: ["Oi? 🙂", "Desculpa insistir, viram minha mensagem?"],
    photoCaptions: ["é essa aqui ó", "minha ficha antiga"]
  )
}
