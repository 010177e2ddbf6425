// French-speaking customers.

extension Script {
  static let french = Script(
    threads: [
      .price: Thread(
        openings: [
          "Bonjour, quel est le tarif de l'abonnement au mois ? 🙂",
          "Salut|c'est combien par mois chez vous ?",
        ],
        followUps: ["Il y a des frais d'inscription ?", "Vous faites un tarif étudiant ?"]
      ),
      .trial: Thread(
        openings: ["Bonjour ! Est-ce que je peux venir faire une séance d'essai ? 💪"],
        followUps: ["Je dois apporter quelque chose ?", "Les cours collectifs sont compris ?"]
      ),
      .hours: Thread(
        openings: ["Bonjour, vous êtes ouverts le dimanche ?"],
        followUps: ["Il y a du monde vers 18h ?"]
      ),
      .personalTraining: Thread(
        openings: [
          "Bonjour, je cherche un coach pour préparer un semi-marathon en octobre. Je cours déjà deux "
            + "fois par semaine mais je me blesse toujours au même endroit (mollet gauche) et on m'a "
            + "conseillé du renforcement. Vous proposez ça ?"
        ],
        followUps: ["La séance dure combien de temps ?"]
      ),
      .kids: Thread(
        openings: ["Bonjour, mon fils de 10 ans peut-il s'inscrire ? 🤾"],
        followUps: ["Combien d'enfants par groupe ?"]
      ),
      .pause: Thread(
        openings: ["Bonjour, je suis enceinte 🥰 est-ce possible de suspendre mon abonnement ?"],
        followUps: ["Jusqu'à quand au maximum ?"]
      ),
      .parking: Thread(
        openings: ["Bonjour, il y a un parking près de la salle ?"],
        followUps: ["Il est gratuit ?"]
      ),
      .womenOnly: Thread(
        openings: ["Bonjour, avez-vous un espace réservé aux femmes ?"],
        followUps: ["Il y a aussi des haltères ?"]
      ),
      .yoga: Thread(
        openings: ["Coucou, c'est quand les cours de yoga ? 🧘‍♀️"],
        followUps: ["Il faut son propre tapis ?"]
      ),
    ],
    fairPrice: ["Ça me va, merci !", "Ok c'est correct 😊"],
    steepPrice: [
      "Ah, c'est un peu cher pour moi", "Je vais réfléchir, merci pour la réponse rapide",
    ],
    trial: [
      "Oui avec plaisir ! 🙌|Demain en fin de journée ce serait possible ?",
      "Super, comment je m'inscris ?",
    ],
    acceptTime: ["Parfait, c'est noté 👍", "Oui, ça me va très bien", "Nickel, à bientôt 😊"],
    otherTime: [
      "Aïe, je travaille à cette heure-là. Après 18h c'est possible ?", "Et samedi matin ?",
    ],
    proposeTime: ["Jeudi vers 18h ?", "Demain après 17h ce serait top"],
    goals: ["Surtout perdre un peu de poids et me remettre en forme", "Je débute complètement 😅"],
    names: ["C'est {name} 🙂", "{name}, enchanté"],
    anyQuestion: ["Oui", "Oui, c'est ça", "Je crois que oui 🙂", "Non, pas vraiment"],
    news: ["D'accord, merci !", "Parfait, bon à savoir", "Ok merci beaucoup 🙏"],
    refusal: ["Dommage, merci quand même !", "Pas de souci. Il y a une autre possibilité ?"],
    booked: ["Super merci ! À bientôt 👋", "Parfait, j'ai hâte 💪"],
    thanks: ["Avec plaisir 🙂", "Merci à vous, bonne journée !"],
    nudges: ["Bonjour ? 🙂", "Je me permets de relancer, avez-vous vu mon message ?"],
    photoCaptions: ["c'est celle-ci", "mon ancien programme si ça peut aider"]
  )
}
